package dev.weir.benchmark.drain;

import dev.weir.benchmark.BenchmarkRuntime;
import dev.weir.benchmark.InBackground;
import dev.weir.benchmark.Report;
import dev.weir.benchmark.meter.ProcessUsage;
import dev.weir.benchmark.meter.Sample;
import dev.weir.benchmark.meter.Samples.Stretch;
import dev.weir.benchmark.served.CheckServed;
import dev.weir.benchmark.stream.ExpectedTraffic;
import dev.weir.benchmark.stream.WebShopStream;
import dev.weir.local.part.LocalParts;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/**
 * How fast the whole speed layer drains a topic that was filled while it stood still: duplicates
 * dropped, every event archived, both cubes and their live preview in PostgreSQL.
 *
 * <p>A rate is that of the records read, as with the peers; from the first to the last event and
 * from submission it is that of what a reader of the database can see.
 */
public final class DrainBenchmark {
  private static final long SEED = 42;

  /** As fast as the peers' topic: six million records are half an hour of event time. */
  private static final double RECORDS_PER_SECOND_OF_EVENT_TIME = 6_000_000 / 1800.0;

  private final BenchmarkRuntime runtime;
  private final long records;
  private ExpectedTraffic expected;

  /**
   * Sets up one run.
   *
   * @param runtime not yet started
   * @param records in the topic, duplicates and malformed ones included
   */
  public DrainBenchmark(BenchmarkRuntime runtime, long records) {
    this.runtime = runtime;
    this.records = records;
  }

  /** Runs it, checks what is served, and reports. */
  public Report run() throws SQLException, InterruptedException, ExecutionException {
    runtime.up();
    runtime.stopSpeedLayer();
    Duration span = Duration.ofSeconds((long) (records / RECORDS_PER_SECOND_OF_EVENT_TIME) + 1);
    Instant start = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(span);
    expected =
        LoadTopic.load(
            runtime.endpoints().kafka(),
            new WebShopStream(SEED, start, records, span)::next,
            records);

    Future<Drained> watch =
        InBackground.start(
            "watch-drain", new WatchDrain(runtime, expected.counted(), expected.records()));
    runtime.up();
    Drained drained = watch.get();
    try (Connection connection = runtime.connect()) {
      CheckServed.equal(connection, expected);
      CheckServed.conserved(connection, expected);
    }
    return report(drained);
  }

  /** What is in the topic, once it was filled. */
  public ExpectedTraffic expected() {
    return expected;
  }

  private Report report(Drained drained) {
    // Duplicates and malformed records are spread evenly.
    double recordsPerEvent = (double) expected.records() / expected.counted();
    Report report = new Report("drain");
    report.line("records", expected.records());
    report.line("duplicates in scope", runtime.pipeline().duplicates().scope().name());
    drained
        .read()
        .between(expected.records() / 5, expected.records() * 9 / 10)
        .ifPresentOrElse(
            steady -> {
              report.line("records/s, 20 to 90 %", steady.eventsPerSecond());
              cpu(report, "20 to 90 %", steady, 1);
              report.line("cores used, 20 to 90 %", steady.coresUsed());
              report.line("cores used by others, 20 to 90 %", steady.coresUsedByOthers());
            },
            () -> report.line("records/s, 20 to 90 %", "too few: all were read within a second"));
    Stretch all = drained.visible().fromFirstEvent();
    report.line("records/s, first to last event", all.eventsPerSecond() * recordsPerEvent);
    cpu(report, "first to last event", all, recordsPerEvent);
    Stretch whole = drained.visible().whole();
    report.line("seconds from submission to the last event", whole.seconds());
    report.line("records/s, from submission", whole.eventsPerSecond() * recordsPerEvent);
    report.line("peak memory, TaskManager, MiB", peak(LocalParts.TASK_MANAGER));
    report.line("peak memory, JobManager, MiB", peak(LocalParts.JOB_MANAGER));
    report.line("served = generated, every row", "yes");
    return report;
  }

  private static void cpu(Report report, String when, Stretch stretch, double recordsPerEvent) {
    report.line(
        "CPU s per million records, job, " + when,
        stretch.cpuSecondsPerMillion(Sample::jobCpuSeconds) / recordsPerEvent);
    report.line(
        "CPU s per million records, broker, " + when,
        stretch.cpuSecondsPerMillion(Sample::brokerCpuSeconds) / recordsPerEvent);
    report.line(
        "CPU s per million records, PostgreSQL, " + when,
        stretch.cpuSecondsPerMillion(Sample::databaseCpuSeconds) / recordsPerEvent);
  }

  private long peak(String part) {
    return ProcessUsage.peakMemoryMebibytes(runtime.pid(part));
  }
}
