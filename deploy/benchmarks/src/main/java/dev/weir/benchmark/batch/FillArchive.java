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
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/**
 * Makes the archive that the batch layer is to recompute: five event hours in order of arrival, two
 * files per commit, with their manifest, ledger and speed rows.
 */
final class FillArchive {
  static final int COMMITS = 100;
  static final int SUBTASKS = 2;
  private static final Duration SPAN = Duration.ofHours(5);

  /** The earliest events are this much older than their record: keep them inside the five hours. */
  private static final Duration OUT_OF_ORDER = Duration.ofSeconds(3);

  private static final long SEED = 42;

  private FillArchive() {}

  /** Writes that many rows and returns what must be served of them once duplicates are dropped. */
  static ExpectedTraffic fill(BenchmarkRuntime runtime, long rows)
      throws SQLException, IOException, InterruptedException, ExecutionException {
    Pipeline pipeline = runtime.pipeline();
    Instant start = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(SPAN).plus(OUT_OF_ORDER);
    // A few records more than rows: malformed ones are not archived, and the last hour must not end
    // early.
    long records = rows / SUBTASKS * 1002 / 1000;
    List<ArrivalsSubtask> subtasks = new ArrayList<>();
    for (int i = 0; i < SUBTASKS; i++) {
      WebShopStream stream =
          new WebShopStream(SEED + i, start, records, SPAN.minus(OUT_OF_ORDER.multipliedBy(2)));
      subtasks.add(new ArrivalsSubtask(pipeline, runtime.data().archive(), stream, i));
    }
    ExecutorService threads = Executors.newFixedThreadPool(SUBTASKS);
    try (Connection connection = runtime.connect()) {
      connection.setAutoCommit(false);
      CommitEpoch log = new CommitEpoch(connection, pipeline);
      for (int commit = 0; commit < COMMITS; commit++) {
        log.commit(write(threads, subtasks, share(rows, commit)));
      }
    } finally {
      threads.shutdownNow();
    }
    ExpectedTraffic expected = new ExpectedTraffic();
    subtasks.forEach(subtask -> expected.add(subtask.expected()));
    return expected;
  }

  private static List<ArrivalsEpoch> write(
      ExecutorService threads, List<ArrivalsSubtask> subtasks, long rows)
      throws InterruptedException, ExecutionException {
    List<Callable<ArrivalsEpoch>> tasks = new ArrayList<>();
    for (int i = 0; i < SUBTASKS; i++) {
      ArrivalsSubtask subtask = subtasks.get(i);
      long share = i == 0 ? rows - rows / SUBTASKS * (SUBTASKS - 1) : rows / SUBTASKS;
      tasks.add(() -> subtask.write(share));
    }
    List<ArrivalsEpoch> epochs = new ArrayList<>();
    for (Future<ArrivalsEpoch> written : threads.invokeAll(tasks)) {
      epochs.add(written.get());
    }
    return epochs;
  }

  private static long share(long rows, int commit) {
    return rows * (commit + 1) / COMMITS - rows * commit / COMMITS;
  }
}
