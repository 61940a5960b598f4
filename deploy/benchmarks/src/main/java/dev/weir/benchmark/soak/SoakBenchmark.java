package dev.weir.benchmark.soak;

import dev.weir.benchmark.BenchmarkRuntime;
import dev.weir.benchmark.Committed;
import dev.weir.benchmark.InBackground;
import dev.weir.benchmark.Report;
import dev.weir.benchmark.freshness.Probes;
import dev.weir.benchmark.freshness.SteadyTraffic;
import dev.weir.benchmark.served.CheckServed;
import dev.weir.benchmark.stream.ExpectedTraffic;
import dev.weir.local.part.Topics;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;

/** Events come in at a steady rate for long, and the memory of every part is looked at. */
final class SoakBenchmark {
  private final BenchmarkRuntime runtime;
  private final int rate;
  private final Duration length;
  private final Duration every;
  private final Consumer<String> lines;

  /**
   * Sets up one run.
   *
   * @param runtime not yet started
   * @param rate records a second
   * @param every how often memory is looked at
   * @param lines takes what is seen as CSV, while it is seen
   */
  SoakBenchmark(
      BenchmarkRuntime runtime, int rate, Duration length, Duration every, Consumer<String> lines) {
    this.runtime = runtime;
    this.rate = rate;
    this.length = length;
    this.every = every;
    this.lines = lines;
  }

  /** Runs it, checks what is served, and reports. */
  Report run() throws SQLException, InterruptedException, ExecutionException, IOException {
    runtime.up();
    Topics topics = new Topics(runtime.endpoints().kafka());
    Probes probes = new Probes(topics.endOffsets(runtime.pipeline()).size());
    SteadyTraffic traffic = new SteadyTraffic(runtime.endpoints().kafka(), rate, probes);
    Future<ExpectedTraffic> sending = InBackground.start("steady-traffic", traffic);
    List<MemoryUse> uses = watch(traffic, sending);
    traffic.stop();
    ExpectedTraffic expected = sending.get();
    try (Connection connection = runtime.connect()) {
      Committed.await(runtime, connection, expected.records());
      CheckServed.equal(connection, expected);
      CheckServed.conserved(connection, expected);
    }
    return report(uses, expected);
  }

  /** Ends early if the sending has ended, which then tells why. */
  private List<MemoryUse> watch(SteadyTraffic traffic, Future<?> sending)
      throws InterruptedException, IOException {
    List<MemoryUse> uses = new ArrayList<>();
    long startNanos = System.nanoTime();
    for (long due = every.toNanos(); due <= length.toNanos(); due += every.toNanos()) {
      long restNanos = due - (System.nanoTime() - startNanos);
      Thread.sleep(Math.max(0, restNanos / 1_000_000 + 1));
      if (sending.isDone()) {
        break;
      }
      long seconds = (System.nanoTime() - startNanos) / 1_000_000_000;
      MemoryUse use = MemoryUse.now(runtime, seconds, traffic.sent());
      if (uses.isEmpty()) {
        lines.accept(use.header());
      }
      lines.accept(use.line());
      uses.add(use);
    }
    return uses;
  }

  /**
   * When as much is forgotten as is learned: duplicates are forgotten by sixteenths of the time.
   */
  static Duration settled(Duration within) {
    return within.plus(within.dividedBy(16));
  }

  private Report report(List<MemoryUse> uses, ExpectedTraffic expected) {
    Report report = new Report("soak");
    MemoryUse last = uses.get(uses.size() - 1);
    long settled = settled(runtime.pipeline().duplicates().within()).toSeconds();
    MemoryUse first =
        uses.stream().filter(use -> use.seconds() >= settled).findFirst().orElseThrow();
    report.line("records, probes included", expected.records());
    report.line("records/s", (double) last.records() / last.seconds());
    for (String figure : last.mebibytes().keySet()) {
      report.line(
          figure + ", MiB",
          "%,d after %,d s, %,d after %,d s"
              .formatted(
                  first.mebibytes().get(figure),
                  first.seconds(),
                  last.mebibytes().get(figure),
                  last.seconds()));
    }
    report.line("served = generated, every row", "yes");
    return report;
  }
}
