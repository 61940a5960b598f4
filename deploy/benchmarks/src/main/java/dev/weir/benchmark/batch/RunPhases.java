package dev.weir.benchmark.batch;

import dev.weir.benchmark.BenchmarkFailure;
import dev.weir.benchmark.SqlText;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * Where the time of one run of the batch layer went, in seconds. Boundaries are the lines it prints
 * and the two times it notes in the database, all of one machine's clock.
 *
 * @param select from registering itself until it knows the event hours and their files, everything
 *     prepared for writing
 * @param spark starting Spark
 * @param recompute reading, verifying, reconciling, aggregating, writing
 * @param conserve comparing counters, and keeping all comparisons
 * @param publish the one transaction
 * @param tidyUp deleting what is superseded, retention
 * @param databaseCpu CPU seconds of PostgreSQL meanwhile
 */
record RunPhases(
    double select,
    double spark,
    double recompute,
    double conserve,
    double publish,
    double tidyUp,
    double databaseCpu) {

  /**
   * The phases of the last run.
   *
   * @param hours how many event hours it must have published
   * @throws BenchmarkFailure if it did not
   */
  static RunPhases of(BatchProcess run, Connection connection, int hours, double databaseCpu)
      throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(SqlText.read(RunPhases.class, "last_run_times"))) {
      row.next();
      if (!row.getString(1).equals("published") || row.getInt(2) != hours) {
        throw new BenchmarkFailure(
            "the run is %s and published %d event hours instead of %d: %s"
                .formatted(row.getString(1), row.getInt(2), hours, row.getString(5)));
      }
      long published = row.getLong(4);
      return new RunPhases(
          seconds(row.getLong(3), run.saidAt("starting Spark")),
          seconds(run.saidAt("starting Spark"), run.saidAt("reading ")),
          seconds(run.saidAt("reading "), run.saidAt("checking conservation")),
          seconds(run.saidAt("checking conservation"), run.saidAt("publishing")),
          seconds(run.saidAt("publishing"), published),
          seconds(published, run.saidAt("event hour (UTC)")),
          databaseCpu);
    }
  }

  /** From registering itself to its end, without the start of Spark. */
  double total() {
    return select + recompute + conserve + publish + tidyUp;
  }

  /** The middle one of some runs. */
  static double median(List<RunPhases> runs, ToDoubleFunction<RunPhases> figure) {
    return runs.stream().mapToDouble(figure).sorted().toArray()[runs.size() / 2];
  }

  private static double seconds(long fromMillis, long toMillis) {
    return (toMillis - fromMillis) / 1e3;
  }
}
