package dev.weir.benchmark.batch;

import dev.weir.benchmark.BenchmarkFailure;
import dev.weir.benchmark.BenchmarkRuntime;
import dev.weir.benchmark.Report;
import dev.weir.benchmark.SqlText;
import dev.weir.benchmark.meter.ProcessTree;
import dev.weir.benchmark.meter.ProcessUsage;
import dev.weir.benchmark.served.CheckServed;
import dev.weir.benchmark.stream.ExpectedTraffic;
import dev.weir.local.part.LocalParts;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.ExecutionException;

/**
 * How fast the batch layer takes in an archive it has never seen: verified, reconciled with the
 * speed rows, duplicates dropped, recomputed, compacted, published.
 */
public final class BatchBenchmark {
  public static final String ROWS_PER_SECOND =
      "rows/s, from registering the run, Spark's start excluded";
  public static final String SECONDS = "seconds, from registering the run, Spark's start excluded";
  public static final String PEAK_MEBIBYTES = "peak memory, batch layer, MiB";

  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final long POLL_MILLIS = 500;

  private final BenchmarkRuntime runtime;
  private final long rows;
  private ExpectedTraffic expected;

  /**
   * Sets up one run.
   *
   * @param runtime not yet started
   * @param rows in the archive, duplicates included
   */
  public BatchBenchmark(BenchmarkRuntime runtime, long rows) {
    this.runtime = runtime;
    this.rows = rows;
  }

  /** Runs it, checks what is served, and reports. */
  public Report run() throws SQLException, IOException, InterruptedException, ExecutionException {
    runtime.up();
    runtime.stopSpeedLayer();
    try (Connection connection = runtime.connect()) {
      UsedLog.refuse(runtime, connection);
    }
    expected = FillArchive.fill(runtime, rows);
    awaitRollUps();
    double databaseBefore = databaseCpu();
    double machineBefore = ProcessUsage.machineCpuSeconds();
    long startNanos = System.nanoTime();
    BatchProcess run = BatchProcess.run(runtime);
    ProcessTree batch = run.tree();
    double seconds = (System.nanoTime() - startNanos) / 1e9;
    double machine = ProcessUsage.machineCpuSeconds() - machineBefore;
    double database = databaseCpu() - databaseBefore;
    Report report = new Report("batch");
    try (Connection connection = runtime.connect()) {
      if (runtime.pipeline().cubes().size() == 1) {
        CheckServed.traffic(connection, expected);
      } else {
        CheckServed.equal(connection, expected);
      }
      report(connection, report, run, seconds);
    }
    report.line("CPU s, batch layer, start-up included", batch.cpuSeconds());
    report.line("CPU s, PostgreSQL", database);
    report.line("CPU s, anything else", Math.max(0, machine - batch.cpuSeconds() - database));
    report.line(PEAK_MEBIBYTES, batch.peakMebibytes());
    report.line("served = generated, every row", "yes");
    return report;
  }

  /** What is in the archive, once it was written. */
  public ExpectedTraffic expected() {
    return expected;
  }

  private void report(Connection connection, Report report, BatchProcess run, double seconds)
      throws SQLException {
    try (ResultSet last = ask(connection.createStatement(), "last_run")) {
      last.next();
      long read = last.getLong(4);
      if (!last.getString(1).equals("published") || read != rows) {
        throw new BenchmarkFailure(
            "the run read %d of %d rows and is %s: %s"
                .formatted(read, rows, last.getString(1), last.getString(6)));
      }
      double starting = (run.saidAt("reading ") - run.saidAt("starting Spark")) / 1e3;
      double working = last.getDouble(2) - starting;
      report.line("rows", rows);
      report.line("event hours", last.getLong(3));
      report.line("duplicates dropped", last.getLong(5));
      report.line(ROWS_PER_SECOND, rows / working);
      report.line(SECONDS, working);
      report.line("seconds, starting Spark", starting);
      report.line("rows/s, spark-submit and JVM start included", rows / seconds);
      report.line("seconds, spark-submit and JVM start included", seconds);
    }
    try (ResultSet checks = ask(connection.createStatement(), "disagreements")) {
      checks.next();
      if (checks.getLong(1) > 0) {
        throw new BenchmarkFailure(checks.getLong(1) + " reconciliation checks disagree");
      }
      report.line("reconciliation checks, all agree", checks.getLong(2));
      report.line("keys compared with the speed view", checks.getLong(3));
    }
  }

  private static ResultSet ask(Statement statement, String question) throws SQLException {
    statement.closeOnCompletion();
    return statement.executeQuery(SqlText.read(BatchBenchmark.class, question));
  }

  /** In production the commits were rolled up when they came, and not beside the run. */
  private void awaitRollUps() throws SQLException, InterruptedException {
    long start = System.nanoTime();
    try (Connection connection = runtime.connect()) {
      while (cubesBehind(connection) > 0) {
        if (System.nanoTime() - start > PATIENCE.toNanos()) {
          throw new BenchmarkFailure("commits were not rolled up; see " + runtime.data().logs());
        }
        Thread.sleep(POLL_MILLIS);
      }
    }
  }

  private long cubesBehind(Connection connection) throws SQLException {
    try (ResultSet rolledUp = ask(connection.createStatement(), "rolled_up")) {
      rolledUp.next();
      return runtime.pipeline().cubes().size() - rolledUp.getLong(1);
    }
  }

  private double databaseCpu() {
    return ProcessUsage.cpuSecondsWithChildren(runtime.pid(LocalParts.POSTGRES));
  }
}
