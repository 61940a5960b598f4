package dev.weir.benchmark.batch;

import dev.weir.benchmark.BenchmarkRuntime;
import dev.weir.benchmark.stream.ExpectedTraffic;
import dev.weir.benchmark.stream.WebShopStream;
import dev.weir.pipeline.Pipeline;
import java.io.IOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Makes a long history of small event hours, up to the present hour: an archive file and a commit
 * for each day, and then, one after the other, commits that are late.
 */
final class FillHistory {
  static final int ROWS_PER_HOUR = 24;
  static final int LATE_ROWS = 12;
  private static final int HOURS_PER_COMMIT = 24;
  private static final long SEED = 42;

  /** Events are up to this much older than their record: keep them inside their hours. */
  private static final Duration OUT_OF_ORDER = Duration.ofSeconds(3);

  private final Pipeline pipeline;
  private final BenchmarkRuntime runtime;
  private final CommitEpoch log;
  private final Instant start;
  private final int hours;
  private final ExpectedTraffic expected = new ExpectedTraffic();
  private int commits;

  /**
   * Continues an empty commit log.
   *
   * @param connection with a transaction open; stays the caller's
   * @param hours how many event hours the history has
   */
  FillHistory(BenchmarkRuntime runtime, Connection connection, int hours) {
    this.runtime = runtime;
    this.pipeline = runtime.pipeline();
    this.log = new CommitEpoch(connection, pipeline);
    this.hours = hours;
    this.start = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(Duration.ofHours(hours));
  }

  /** Commits every hour of the history. */
  void fill() throws SQLException, IOException {
    for (int hour = 0; hour < hours; hour += HOURS_PER_COMMIT) {
      int together = Math.min(HOURS_PER_COMMIT, hours - hour);
      commit(hour, Duration.ofHours(together), (long) together * ROWS_PER_HOUR);
    }
  }

  /** Commits further events of one hour, in the order of the history. */
  void late(int hour) throws SQLException, IOException {
    commit(hour, Duration.ofHours(1), LATE_ROWS);
  }

  /** What must be served of everything committed so far. */
  ExpectedTraffic expected() {
    return expected;
  }

  /** A subtask that reads a partition of its own, and nothing else in this epoch. */
  private void commit(int hour, Duration span, long rows) throws SQLException, IOException {
    commits++;
    // Some records are malformed, and not archived: the rest must not reach into the next hour.
    long records = rows + 1 + rows / 100;
    WebShopStream stream =
        new WebShopStream(
            SEED + commits,
            start.plus(Duration.ofHours(hour)).plus(OUT_OF_ORDER),
            records,
            span.minus(OUT_OF_ORDER.multipliedBy(2)));
    ArrivalsSubtask subtask =
        new ArrivalsSubtask(pipeline, runtime.data().archive(), stream, commits);
    log.commit(List.of(subtask.write(rows)));
    expected.add(subtask.expected());
  }
}
