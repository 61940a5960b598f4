package dev.weir.benchmark;

import dev.weir.local.runtime.FolderTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Stream;

/** Parts of one measurement's own, ended when it is over. */
public final class OwnParts {
  private OwnParts() {}

  /** What is to be measured. */
  public interface Use<T> {
    T on(BenchmarkRuntime runtime) throws Exception;
  }

  /**
   * Measures on parts that are not started yet.
   *
   * @param data an empty folder for the parts, kept; or else a temporary one, deleted unless the
   *     measurement failed
   * @param scope of duplicates: {@code topic} or {@code partition}
   */
  public static <T> T use(Optional<Path> data, String scope, Use<T> use) throws Exception {
    if (!List.of("topic", "partition").contains(scope)) {
      throw new BenchmarkFailure("--scope is topic or partition, not " + scope);
    }
    return use(data, folder -> new BenchmarkRuntime(folder, scope), use);
  }

  /** The same on parts that run another pipeline. */
  public static <T> T use(Optional<Path> data, Function<Path, BenchmarkRuntime> parts, Use<T> use)
      throws Exception {
    Path folder =
        data.isPresent() ? requireEmpty(data.get()) : Files.createTempDirectory("weir-benchmark");
    BenchmarkRuntime runtime = parts.apply(folder);
    Thread end = new Thread(runtime::close, "end-parts");
    Runtime.getRuntime().addShutdownHook(end);
    T measured;
    try {
      measured = use.on(runtime);
    } catch (Exception e) {
      System.err.println("run: the logs are in " + folder.resolve("logs"));
      throw e;
    } finally {
      Runtime.getRuntime().removeShutdownHook(end);
      runtime.close();
    }
    if (data.isEmpty()) {
      FolderTree.delete(folder);
    }
    return measured;
  }

  /** What an earlier run left would be measured, too. */
  private static Path requireEmpty(Path folder) throws IOException {
    if (Files.exists(folder)) {
      try (Stream<Path> files = Files.list(folder)) {
        if (files.findAny().isPresent()) {
          throw new BenchmarkFailure(
              folder + " is not empty: name an empty or a new folder with --data");
        }
      }
    }
    return folder;
  }
}
