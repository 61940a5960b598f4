package dev.weir.benchmark.freshness;

import dev.weir.benchmark.Await;
import dev.weir.benchmark.BenchmarkRuntime;
import dev.weir.benchmark.Committed;
import dev.weir.benchmark.InBackground;
import dev.weir.benchmark.Report;
import dev.weir.benchmark.served.CheckServed;
import dev.weir.benchmark.stream.ExpectedTraffic;
import dev.weir.local.part.Topics;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/**
 * How long it takes from sending an event until a reader of the merged view sees it, while events
 * flow at a steady rate; and, if asked for, what a reader sees after an outage of the job.
 */
public final class FreshnessBenchmark {
  private final BenchmarkRuntime runtime;
  private final WatchedCube cube;
  private final int rate;
  private final Duration warmUp;
  private final Duration measured;
  private final Optional<Duration> outage;

  /**
   * Sets up one run.
   *
   * @param runtime not yet started
   * @param cube in which the probes are looked for
   * @param rate records a second
   * @param warmUp how long they come in before probes count
   * @param measured for how long probes count
   * @param outage how long the job then stands still; empty: it does not
   */
  public FreshnessBenchmark(
      BenchmarkRuntime runtime,
      WatchedCube cube,
      int rate,
      Duration warmUp,
      Duration measured,
      Optional<Duration> outage) {
    this.runtime = runtime;
    this.cube = cube;
    this.rate = rate;
    this.warmUp = warmUp;
    this.measured = measured;
    this.outage = outage;
  }

  /** Runs it, checks what is served, and reports. */
  public Report run() throws SQLException, InterruptedException, ExecutionException {
    runtime.up();
    Topics topics = new Topics(runtime.endpoints().kafka());
    Probes probes = new Probes(topics.endOffsets(runtime.pipeline()).size());
    try (Connection reader = runtime.connect();
        Connection connection = runtime.connect()) {
      SteadyTraffic traffic = new SteadyTraffic(runtime.endpoints().kafka(), rate, probes);
      WatchProbes watch = new WatchProbes(reader, cube, probes, Instant.now());
      Future<Void> watching = InBackground.start("watch-probes", watch);
      Future<ExpectedTraffic> sending = InBackground.start("steady-traffic", traffic);
      Report report = new Report("freshness");
      Thread.sleep(warmUp.toMillis());
      steady(report, traffic, probes);
      if (outage.isPresent()) {
        afterAnOutage(outage.get(), connection, traffic, probes).report(report, probes);
      }
      traffic.stop();
      ExpectedTraffic expected = sending.get();
      Committed.await(runtime, connection, expected.records());
      watch.stop();
      watching.get();
      CheckServed.equal(connection, expected);
      CheckServed.conserved(connection, expected);
      report.line("records", expected.records());
      report.line("served = generated, every row", "yes");
      return report;
    }
  }

  private void steady(Report report, SteadyTraffic traffic, Probes probes)
      throws InterruptedException {
    CoresUsed before = CoresUsed.now(runtime);
    long sentBefore = traffic.sent();
    Thread.sleep(measured.toMillis());
    CoresUsed after = CoresUsed.now(runtime);
    double seconds = (after.nanos() - before.nanos()) / 1e9;
    long sent = traffic.sent() - sentBefore;
    // The last ones get their time, too.
    Thread.sleep(Duration.ofSeconds(2).toMillis());
    Percentiles latencies = Percentiles.of(probes.sentBetween(before.nanos(), after.nanos()));
    report.line("duplicates in scope", runtime.pipeline().duplicates().scope().name());
    report.line("seen in", cube.view());
    report.line("records/s asked for", rate);
    report.line("records/s sent", sent / seconds);
    report.line("probes seen", latencies.seen());
    report.line("probes missing after 2 s", latencies.missing());
    report.line("send() to served, ms, p50", latencies.at(0.5));
    report.line("send() to served, ms, p95", latencies.at(0.95));
    report.line("send() to served, ms, p99", latencies.at(0.99));
    report.line("send() to served, ms, max", latencies.at(1));
    for (Map.Entry<String, Double> part : after.since(before).entrySet()) {
      report.line("cores used, " + part.getKey(), part.getValue());
    }
  }

  /** Stops the job with a savepoint and resumes it; the records go on coming. */
  private CatchUp afterAnOutage(
      Duration outage, Connection connection, SteadyTraffic traffic, Probes probes)
      throws InterruptedException {
    long stoppingNanos = System.nanoTime();
    runtime.stopSpeedLayer();
    long restMillis = outage.toMillis() - (System.nanoTime() - stoppingNanos) / 1_000_000;
    Thread.sleep(Math.max(0, restMillis));
    long resumedNanos = System.nanoTime();
    CatchUp catchUp =
        new CatchUp(
            resumedNanos, Math.max(0, traffic.sent() - Committed.records(connection)), rate);
    runtime.up();
    Await.until(
        runtime, "the backlog to be gone", () -> probes.allLiveSince(resumedNanos).isPresent());
    Await.until(runtime, "all probes to be seen", () -> probes.areLive(System.nanoTime()));
    return catchUp;
  }
}
