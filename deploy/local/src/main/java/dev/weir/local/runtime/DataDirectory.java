package dev.weir.local.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/**
 * The folder of one local runtime ({@code --data}): state of every part, logs, and the records of
 * the processes that run. Everything that must outlive a {@code down} is in here.
 *
 * @param root absolute path
 */
public record DataDirectory(Path root) {
  /** The directory of commands that name none. */
  public static final String USUAL = ".weir";

  public DataDirectory {
    root = root.toAbsolutePath().normalize();
  }

  /** The directory, created if needed. */
  public static DataDirectory create(Path root) {
    DataDirectory data = new DataDirectory(root);
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

  /** The directory of a runtime that was started before; refused if there is none. */
  public static DataDirectory existing(Path root) {
    DataDirectory data = new DataDirectory(root);
    if (!Files.isDirectory(data.run())) {
      throw new LocalRuntimeException(
          "There is no Weir in "
              + data.root
              + ". Start one with: weir up --data "
              + root
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
    return "weir " + words + (usual ? "" : " --data " + root);
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
