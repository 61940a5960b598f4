package dev.weir.serving.report;

import dev.weir.serving.sql.SqlTemplate;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * What was done of which report, kept in the database for all processes that serve.
 *
 * <p>A due time is one row, whoever inserts it first. A run is claimed by one process: the claim is
 * a transaction, and the session that made it holds a lock until it ends. So a run whose process is
 * gone is found by its lock being free, and a process that was only thought to be gone cannot
 * change the run of the next claim.
 */
public final class ReportRuns {
  private static final String DECLARE = SqlTemplate.text("db/report/declare.sql");
  private static final String WITHDRAW = SqlTemplate.text("db/report/withdraw.sql");
  private static final String SCHEDULE = SqlTemplate.text("db/report/schedule.sql");
  private static final String CLAIM = SqlTemplate.text("db/report/claim.sql");
  private static final String HOLD = SqlTemplate.text("db/report/hold.sql");
  private static final String RECOVER = SqlTemplate.text("db/report/recover.sql");
  private static final String FORGET = SqlTemplate.text("db/report/forget.sql");
  private static final String RUNS = SqlTemplate.text("db/report/runs.sql");
  private static final String RUN = SqlTemplate.text("db/report/run.sql");

  private final DataSource database;
  private final JdbcClient client;
  private final Clock clock;

  /**
   * @param database gives connections that may write
   */
  public ReportRuns(DataSource database, Clock clock) {
    this.database = database;
    this.client = JdbcClient.create(database);
    this.clock = clock;
  }

  /**
   * Remembers which reports there are: what was due before one was declared, or before its schedule
   * was, is not caught up. To be called once by each process: of two that declare different ones,
   * the later one's schedules count.
   */
  void declare(List<Report> reports) {
    OffsetDateTime now = time(clock.instant());
    for (Report report : reports) {
      client
          .sql(DECLARE)
          .param("report", report.name())
          .param("now", now)
          .param("schedule", report.schedule().toString())
          .param("zone", report.zone().getId())
          .update();
    }
    client
        .sql(WITHDRAW)
        .param("reports", reports.stream().map(Report::name).toArray(String[]::new))
        .update();
  }

  /**
   * Makes a due time a run, unless it is one already or is from before the report was known.
   *
   * @param asked whether an operator asks for it: then it is made whenever that is
   */
  void schedule(String report, Instant due, boolean asked, Span.Range range) {
    client
        .sql(SCHEDULE)
        .param("report", report)
        .param("due", time(due))
        .param("asked", asked)
        .param("from", time(range.from()))
        .param("to", time(range.to()))
        .param("now", time(clock.instant()))
        .update();
  }

  /** Takes runs back whose process has ended: a failure, however it ended. */
  void recover() {
    client
        .sql(RECOVER)
        .param("now", time(clock.instant()))
        .param("retries", Retries.MOST)
        .param("pauses", Retries.secondsAfterAnEnd())
        .update();
  }

  /** Forgets runs that nobody has worked on since a time. */
  int forget(Instant before) {
    return client.sql(FORGET).param("before", time(before)).update();
  }

  /** Claims a run of one of the reports that is to be attempted now. */
  Optional<ClaimedRun> claim(List<String> reports) throws SQLException {
    Connection session = database.getConnection();
    boolean claimed = false;
    try {
      session.setAutoCommit(false);
      JdbcClient transaction = JdbcClient.create(new SingleConnectionDataSource(session, true));
      Optional<ReportRun> run =
          transaction
              .sql(CLAIM)
              .param("now", time(clock.instant()))
              .param("reports", reports.toArray(String[]::new))
              .query((row, number) -> read(row))
              .optional();
      run.ifPresent(of -> transaction.sql(HOLD).param("id", of.id()).query().listOfRows());
      session.commit();
      session.setAutoCommit(true);
      claimed = run.isPresent();
      return run.map(of -> new ClaimedRun(session, of, clock));
    } finally {
      if (!claimed) {
        session.close();
      }
    }
  }

  /** The last runs of each report, newest first. */
  List<ReportRun> last(List<String> reports, int ofEach) {
    return client
        .sql(RUNS)
        .param("reports", reports.toArray(String[]::new))
        .param("limit", ofEach)
        .query((row, number) -> read(row))
        .list();
  }

  /** The run of a due time. */
  Optional<ReportRun> find(String report, Instant due) {
    return client
        .sql(RUN)
        .param("report", report)
        .param("due", time(due))
        .query((row, number) -> read(row))
        .optional();
  }

  private static ReportRun read(ResultSet row) throws SQLException {
    return new ReportRun(
        row.getLong("id"),
        row.getString("report"),
        instant(row, "due_at"),
        row.getBoolean("asked"),
        new Span.Range(instant(row, "range_from"), instant(row, "range_to")),
        ReportRun.State.of(row.getString("state")),
        row.getInt("attempts"),
        row.getInt("failures"),
        instant(row, "next_attempt_at"),
        texts(row.getArray("delivered_to")),
        texts(row.getArray("files")),
        row.getString("message"),
        instant(row, "updated_at"));
  }

  private static List<String> texts(Array array) throws SQLException {
    return List.of((String[]) array.getArray());
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    OffsetDateTime time = row.getObject(column, OffsetDateTime.class);
    return time == null ? null : time.toInstant();
  }

  static OffsetDateTime time(Instant instant) {
    return instant == null ? null : OffsetDateTime.ofInstant(instant, ZoneOffset.UTC);
  }
}
