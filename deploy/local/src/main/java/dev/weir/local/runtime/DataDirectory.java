package dev.weir.local.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The folder of one local runtime ({@code --data}): state of every part, logs, and the records of
 * the processes that run. Everything that must outlive a {@code down} is in here.
 *
 * @param root absolute path
 */
public record DataDirectory(Path root) {
  /** The directory of commands that name none. */
  public static final String USUAL = ".weir";

  /** The folder of temporary files of the processes that run. */
  public static final String TEMPORARY = "tmp";

  private static final Pattern PLAIN = Pattern.compile("[A-Za-z0-9_./@%+=:,-]+");

  /** By any of these a folder is known as Weir's. */
  private static final List<String> WEIRS = List.of("run", "logs", "postgres", "endpoints.json");

  public DataDirectory {
    root = root.toAbsolutePath().normalize();
  }

  /** The directory, created if needed. */
  public static DataDirectory create(Path root) {
    DataDirectory data = new DataDirectory(root);
    if (Files.exists(data.root) && !Files.isDirectory(data.root)) {
      throw new LocalRuntimeException(data.root + " is a file. Name a folder with --data.");
    }
    try {
      Files.createDirectories(data.logs());
      Files.createDirectories(data.run());
    } catch (IOException e) {
      throw new LocalRuntimeException(
          "Cannot create the data directory "
              + data.root
              + ": "
              + e
              + ". Name another with --data.",
          e);
    }
    return data;
  }

  /** The directory, created if needed; refused if it is full of something else. */
  public static DataDirectory forStart(Path root) {
    DataDirectory data = new DataDirectory(root);
    if (Files.isDirectory(data.root) && WEIRS.stream().noneMatch(data::has)) {
      try (Stream<Path> files = Files.list(data.root)) {
        List<String> names =
            files
                .map(file -> file.getFileName().toString())
                // What a new file system comes with.
                .filter(name -> !name.startsWith(".") && !name.equals("lost+found"))
                .sorted()
                .toList();
        if (!names.isEmpty()) {
          throw new LocalRuntimeException(
              "There is something else in "
                  + data.root
                  + " ("
                  + String.join(", ", names.subList(0, Math.min(3, names.size())))
                  + (names.size() > 3 ? ", ..." : "")
                  + "). Name an empty or a new folder with --data.");
        }
      } catch (IOException e) {
        throw new LocalRuntimeException(
            "Cannot read the directory " + data.root + ": " + e + ". Name another with --data.", e);
      }
    }
    return create(root);
  }

  private boolean has(String name) {
    return Files.exists(root.resolve(name));
  }

  /** The directory of a runtime that was started before; refused if there is none. */
  public static DataDirectory existing(Path root) {
    DataDirectory data = new DataDirectory(root);
    if (!Files.isDirectory(data.run())) {
      throw new LocalRuntimeException(
          "There is no Weir in "
              + data.root
              + ". Start one with: weir up --data "
              + typed(root)
              + ", or name its folder with --data DIR.");
    }
    return data;
  }

  public Path logs() {
    return root.resolve("logs");
  }

  public Path log(String part) {
    return logs().resolve(part + ".log");
  }

  /** Records of processes, ports and the lock. */
  public Path run() {
    return root.resolve("run");
  }

  public Path endpoints() {
    return root.resolve("endpoints.json");
  }

  /** The pipeline in effect: a copy of the file that {@code up} was given. */
  public Path pipeline() {
    return root.resolve("pipeline.yaml");
  }

  public Path archive() {
    return root.resolve("archive");
  }

  public Path checkpoints() {
    return root.resolve("checkpoints");
  }

  public Path savepoints() {
    return root.resolve("savepoints");
  }

  /** A part's own folder, created. */
  public Path folder(String part) {
    try {
      return Files.createDirectories(root.resolve(part));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A command as a user types it so that it means this directory. */
  public String command(String words) {
    boolean usual = equals(new DataDirectory(Path.of(USUAL)));
    return "weir " + words + (usual ? "" : " --data " + typed(root));
  }

  /** A path as a shell takes it for one word. */
  private static String typed(Path path) {
    String text = path.toString();
    return PLAIN.matcher(text).matches() ? text : "'" + text.replace("'", "'\\''") + "'";
  }

  /** The addresses of the parts; refused if there are none yet. */
  public Endpoints endpointsOfParts() {
    return readEndpoints()
        .orElseThrow(
            () ->
                new LocalRuntimeException("Weir is not running. Start it with: " + command("up")));
  }

  /** The addresses of the parts as the last {@code up} wrote them. */
  public Optional<Endpoints> readEndpoints() {
    return Json.read(endpoints(), Endpoints.class);
  }
}
