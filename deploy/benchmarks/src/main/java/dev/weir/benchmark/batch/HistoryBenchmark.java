package dev.weir.benchmark.batch;

import dev.weir.benchmark.BenchmarkFailure;
import dev.weir.benchmark.BenchmarkRuntime;
import dev.weir.benchmark.Report;
import dev.weir.benchmark.SqlText;
import dev.weir.benchmark.meter.ProcessUsage;
import dev.weir.benchmark.served.CheckServed;
import dev.weir.local.part.LocalParts;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/**
 * What one changed event hour costs beside many that did not change. All hours are published by the
 * batch layer itself; then late events of one hour are committed and the batch layer runs again,
 * several times.
 */
public final class HistoryBenchmark {
  private static final int RUNS = 3;

  private final BenchmarkRuntime runtime;
  private final int hours;

  /**
   * Sets up one measurement.
   *
   * @param runtime not yet started
   * @param hours event hours of the history
   */
  public HistoryBenchmark(BenchmarkRuntime runtime, int hours) {
    this.runtime = runtime;
    this.hours = hours;
  }

  /** Runs it, checks what is served after each run, and reports. */
  public Report run() throws SQLException, IOException, InterruptedException {
    runtime.up();
    runtime.stopSpeedLayer();
    try (Connection connection = runtime.connect();
        Connection commits = runtime.connect()) {
      UsedLog.refuse(runtime, connection);
      commits.setAutoCommit(false);
      FillHistory history = new FillHistory(runtime, commits, hours);
      history.fill();
      RunPhases filled = measure(connection, history, hours);
      // This run deletes the speed rows that the one before has absorbed: once, whenever it comes.
      history.late(0);
      RunPhases after = measure(connection, history, 1);
      List<RunPhases> runs = new ArrayList<>();
      for (int run = 1; run <= RUNS; run++) {
        history.late(run * (hours - 1) / RUNS);
        runs.add(measure(connection, history, 1));
      }
      return report(connection, filled, after, runs);
    }
  }

  private RunPhases measure(Connection connection, FillHistory history, int published)
      throws SQLException, IOException, InterruptedException {
    double cpu = databaseCpu();
    BatchProcess process = BatchProcess.run(runtime);
    RunPhases phases = RunPhases.of(process, connection, published, databaseCpu() - cpu);
    try (Statement statement = connection.createStatement();
        ResultSet checks =
            statement.executeQuery(SqlText.read(BatchBenchmark.class, "disagreements"))) {
      checks.next();
      if (checks.getLong(1) > 0) {
        throw new BenchmarkFailure(checks.getLong(1) + " reconciliation checks disagree");
      }
    }
    CheckServed.equal(connection, history.expected());
    return phases;
  }

  private Report report(
      Connection connection, RunPhases filled, RunPhases after, List<RunPhases> runs)
      throws SQLException {
    Report report = new Report("history");
    report.line("event hours published before", hours);
    report.line("seconds, the run that published them", filled.total());
    report.line("seconds, the run after it, one hour changed", after.total());
    report.line("seconds, one hour changed (median of %d)".formatted(RUNS), median(runs));
    report.line("  selecting", RunPhases.median(runs, RunPhases::select));
    report.line("  reading, recomputing, writing", RunPhases.median(runs, RunPhases::recompute));
    report.line("  checking conservation", RunPhases.median(runs, RunPhases::conserve));
    report.line("  publishing", RunPhases.median(runs, RunPhases::publish));
    report.line("  tidying up, retention", RunPhases.median(runs, RunPhases::tidyUp));
    report.line("seconds, start of Spark", RunPhases.median(runs, RunPhases::spark));
    report.line("CPU s, PostgreSQL", RunPhases.median(runs, RunPhases::databaseCpu));
    try (Statement statement = connection.createStatement();
        ResultSet row =
            statement.executeQuery(SqlText.read(HistoryBenchmark.class, "day_partitions"))) {
      row.next();
      report.line("day partitions of each cube table", row.getLong(1));
    }
    report.line("served = generated after each run, every row", "yes");
    return report;
  }

  private static double median(List<RunPhases> runs) {
    return RunPhases.median(runs, RunPhases::total);
  }

  private double databaseCpu() {
    return ProcessUsage.cpuSecondsWithChildren(runtime.pid(LocalParts.POSTGRES));
  }
}
