package dev.weir.benchmark.batch;

import dev.weir.benchmark.BenchmarkFailure;
import dev.weir.benchmark.BenchmarkRuntime;
import dev.weir.benchmark.meter.ProcessTree;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** One {@code weir batch}, with all processes below it, and when it said what. */
final class BatchProcess {
  private static final long SAMPLE_MILLIS = 100;

  private final List<Line> lines = new ArrayList<>();
  private final ProcessTree tree;

  /**
   * A line of its output.
   *
   * @param millis when it came, epoch milliseconds
   */
  record Line(long millis, String text) {}

  private BatchProcess(Process weir) {
    tree = new ProcessTree(weir.toHandle());
  }

  /**
   * Runs it to its end; what it says is printed.
   *
   * @throws BenchmarkFailure if it fails
   */
  static BatchProcess run(BenchmarkRuntime runtime) throws IOException, InterruptedException {
    String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
    Process weir =
        new ProcessBuilder(
                List.of(
                    java,
                    "-Dweir.home=" + runtime.installation().home(),
                    "-cp",
                    System.getProperty("java.class.path"),
                    "dev.weir.local.Weir",
                    "batch",
                    "--data",
                    runtime.data().root().toString()))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BatchProcess run = new BatchProcess(weir);
    Thread reader = new Thread(() -> run.listen(weir), "batch-output");
    reader.start();
    while (!weir.waitFor(SAMPLE_MILLIS, TimeUnit.MILLISECONDS)) {
      run.tree.sample();
    }
    reader.join();
    if (weir.exitValue() != 0) {
      throw new BenchmarkFailure("the batch layer ended with exit code " + weir.exitValue());
    }
    return run;
  }

  private void listen(Process weir) {
    try (BufferedReader output =
        new BufferedReader(new InputStreamReader(weir.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = output.readLine(); line != null; line = output.readLine()) {
        lines.add(new Line(System.currentTimeMillis(), line));
        System.out.println(line);
      }
    } catch (IOException e) {
      System.err.println("run: the batch layer's output ended: " + e.getMessage());
    }
  }

  /** What it used, its Spark included. */
  ProcessTree tree() {
    return tree;
  }

  /** What it said. */
  List<Line> lines() {
    return List.copyOf(lines);
  }

  /**
   * When it said the first line that begins so, epoch milliseconds.
   *
   * @throws BenchmarkFailure if it never did
   */
  long saidAt(String beginning) {
    return lines.stream()
        .filter(line -> line.text().startsWith(beginning))
        .mapToLong(Line::millis)
        .findFirst()
        .orElseThrow(
            () -> new BenchmarkFailure("the batch layer never said '" + beginning + "...'"));
  }
}
