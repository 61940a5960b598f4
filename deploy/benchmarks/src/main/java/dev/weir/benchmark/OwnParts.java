package dev.weir.benchmark;

import dev.weir.local.runtime.FolderTree;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.stream.Stream;

/** Parts of one measurement's own, ended when it is over. */
public final class OwnParts {
  private static final Duration PATIENCE = Duration.ofSeconds(30);

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
    return use(data, folder -> new BenchmarkRuntime(folder, scope), use);
  }

  /** The same on parts that run another pipeline. */
  public static <T> T use(Optional<Path> data, Function<Path, BenchmarkRuntime> parts, Use<T> use)
      throws Exception {
    Path folder =
        data.isPresent() ? requireEmpty(data.get()) : Files.createTempDirectory("weir-benchmark");
    BenchmarkRuntime runtime = parts.apply(folder);
    Thread measuring = Thread.currentThread();
    CountDownLatch ended = new CountDownLatch(1);
    Thread end = new Thread(() -> end(measuring, ended, runtime), "end-parts");
    Runtime.getRuntime().addShutdownHook(end);
    T measured;
    try {
      measured = use.on(runtime);
    } catch (Exception e) {
      System.err.println("run: the logs are in " + folder.resolve("logs"));
      throw e;
    } finally {
      var unused = Thread.interrupted();
      runtime.close();
      ended.countDown();
      forget(end);
    }
    if (data.isEmpty()) {
      FolderTree.delete(folder);
    }
    return measured;
  }

  /**
   * After Ctrl-C: who measures starts nothing more and ends the parts, or else they are ended here.
   */
  private static void end(Thread measuring, CountDownLatch ended, BenchmarkRuntime runtime) {
    measuring.interrupt();
    try {
      if (!ended.await(PATIENCE.toSeconds(), TimeUnit.SECONDS)) {
        runtime.close();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private static void forget(Thread hook) {
    try {
      Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      // It is at work: the JVM ends.
      return;
    }
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
