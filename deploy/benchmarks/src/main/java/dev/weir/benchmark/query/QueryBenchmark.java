package dev.weir.benchmark.query;

import dev.weir.benchmark.BenchmarkFailure;
import dev.weir.benchmark.BenchmarkRuntime;
import dev.weir.benchmark.InBackground;
import dev.weir.benchmark.Report;
import dev.weir.benchmark.SqlText;
import dev.weir.benchmark.freshness.Probes;
import dev.weir.benchmark.freshness.SteadyTraffic;
import dev.weir.benchmark.stream.ExpectedTraffic;
import java.io.IOException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.concurrent.Future;

/**
 * How soon questions are answered that look at a long history, over HTTP, from the cache and not,
 * and in SQL, while live events come in.
 */
final class QueryBenchmark {
  private static final int PARTITIONS = 4;
  private static final Duration USED = Duration.ofMinutes(3);
  private static final int WARM_UP = 30;
  private static final int VIEWERS = 200;
  private static final Duration WATCHED = Duration.ofSeconds(60);
  private static final long POLL_MILLIS = 1_000;
  private static final Duration PATIENCE = Duration.ofMinutes(30);

  private final BenchmarkRuntime runtime;
  private final int days;
  private final int rate;
  private final int times;

  /**
   * Sets up one measurement.
   *
   * @param runtime not yet started
   * @param days of the history
   * @param rate live events a second, through the speed layer; 0: none, and the last published hour
   *     is followed by rows of commits that are written by hand
   * @param times how often each question is asked
   */
  QueryBenchmark(BenchmarkRuntime runtime, int days, int rate, int times) {
    this.runtime = runtime;
    this.days = days;
    this.rate = rate;
    this.times = times;
  }

  Report run() throws Exception {
    runtime.up();
    if (rate == 0) {
      // It would refuse to go on after commits that are not its own.
      runtime.stopSpeedLayer();
    }
    Report report = new Report("queries");
    try (Connection connection = runtime.connect();
        Statement statement = connection.createStatement()) {
      fill();
      statement.execute("VACUUM ANALYZE");
      double seconds = rolledUp(connection);
      report.line("days of history, 24 series a minute", days);
      tell(
          report,
          "seconds until all of it was rolled up",
          String.format(Locale.ROOT, "%.1f", seconds));
      if (rate > 0) {
        live(report, connection);
      } else {
        report.line("live events/s", "none; commits of the present hours written by hand");
        measure(report, connection);
      }
    }
    return report;
  }

  private void fill() throws SQLException, IOException {
    Instant present = Instant.now().truncatedTo(ChronoUnit.HOURS);
    // By hand: an hour and a part of one that no run of the batch layer has absorbed.
    Instant published = rate > 0 ? present : present.minus(Duration.ofHours(1));
    long minutes = rate > 0 ? 0 : Duration.between(published, Instant.now()).toMinutes();
    try (Connection connection = runtime.connect()) {
      connection.setAutoCommit(false);
      new FillCubes(connection, runtime.pipeline(), published, 24 * days, 25, (int) minutes).fill();
    }
  }

  private double rolledUp(Connection connection) throws SQLException, InterruptedException {
    long start = System.nanoTime();
    while (number(connection, "roll_ups_left") > 0) {
      if (System.nanoTime() - start > PATIENCE.toNanos()) {
        throw new BenchmarkFailure("history was not rolled up; see " + runtime.data().logs());
      }
      Thread.sleep(POLL_MILLIS);
    }
    return (System.nanoTime() - start) / 1e9;
  }

  private void live(Report report, Connection connection) throws Exception {
    SteadyTraffic traffic =
        new SteadyTraffic(runtime.endpoints().kafka(), rate, new Probes(PARTITIONS));
    Future<ExpectedTraffic> sending = InBackground.start("steady-traffic", traffic);
    Thread.sleep(Duration.ofMinutes(2).toMillis());
    report.line("live events/s, through the speed layer", rate);
    measure(report, connection);
    traffic.stop();
    // Tells of a broker that did not take everything.
    sending.get();
  }

  private void measure(Report report, Connection connection) throws Exception {
    Viewer viewer = new Viewer(runtime.endpoints().serving());
    FirstLoad page = new FirstLoad(viewer);
    use(viewer, page, outdating(connection));
    report.line("ms, p50 / p95 / p99", "first | again | cached | SQL");
    for (Question question : Question.all()) {
      Latencies first = latencies(viewer::forget, () -> viewer.get(question.live()));
      Latencies again = latencies(outdating(connection), () -> viewer.get(question.live()));
      Latencies cached = latencies(() -> null, () -> viewer.get(question.settled()));
      Latencies sql = latencies(() -> null, () -> rows(connection, question.statement()));
      tell(report, question.name(), first + " | " + again + " | " + cached + " | " + sql);
    }
    report.line("requests of the dashboard's first load", page.load());
    Latencies first = latencies(viewer::forget, page::load);
    Latencies again = latencies(outdating(connection), page::load);
    report.line("the dashboard's first load", first + " | " + again);
    ManyViewers.Seen seen =
        new ManyViewers(runtime.endpoints().serving(), VIEWERS, WATCHED).watch();
    report.line(VIEWERS + " viewers: answers", seen.answers().sortedMillis().length);
    report.line(VIEWERS + " viewers: ms", seen.answers().toString());
    report.line(VIEWERS + " viewers: live events", seen.liveEvents());
    report.line(VIEWERS + " viewers: errors", seen.errors().size());
    seen.errors().stream().distinct().limit(3).forEach(error -> report.line("  " + error, ""));
  }

  /**
   * Asks everything in turn for some minutes: for as long the JVM goes on compiling the
   * application, and takes time of the processors for it.
   */
  private static void use(Viewer viewer, FirstLoad page, Callable<?> outdating) throws Exception {
    long end = System.nanoTime() + USED.toNanos();
    while (System.nanoTime() < end) {
      for (Question question : Question.all()) {
        viewer.forget();
        viewer.get(question.live());
        outdating.call();
        viewer.get(question.live());
        viewer.get(question.settled());
      }
      viewer.forget();
      page.load();
      outdating.call();
      page.load();
    }
  }

  /** At once: the run takes a quarter of an hour, and a question that fails ends it. */
  private static void tell(Report report, String name, String value) {
    report.line(name, value);
    System.err.println("  " + name + ": " + value);
  }

  private Latencies latencies(Callable<?> before, Callable<?> measured) throws Exception {
    Latencies.of(WARM_UP, before, measured);
    return Latencies.of(times, before, measured);
  }

  /** No answer with live rows is kept; where there are none, kept ones are outdated. */
  private Callable<Void> outdating(Connection connection) {
    if (rate > 0) {
      return () -> null;
    }
    return () -> {
      try (Statement statement = connection.createStatement()) {
        statement.execute(SqlText.read(QueryBenchmark.class, "outdate_answers"));
      }
      return null;
    };
  }

  private static int rows(Connection connection, String script) throws SQLException {
    int rows = 0;
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(SqlText.read(QueryBenchmark.class, script))) {
      while (row.next()) {
        rows++;
      }
    }
    return rows;
  }

  private static long number(Connection connection, String script) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(SqlText.read(QueryBenchmark.class, script))) {
      row.next();
      return row.getLong(1);
    }
  }
}
