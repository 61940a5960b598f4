package dev.weir.serving.report;

import dev.weir.serving.sql.SqlTemplate;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Types;
import java.time.Clock;
import java.time.OffsetDateTime;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * A run that this process works on, until it is closed. Every change is written before it is acted
 * upon, and fails once the claim is lost.
 */
final class ClaimedRun implements AutoCloseable {
  private static final String ADVANCE = SqlTemplate.text("db/report/advance.sql");

  private final Connection session;
  private final JdbcClient database;
  private final Clock clock;
  private ReportRun run;

  ClaimedRun(Connection session, ReportRun run, Clock clock) {
    this.session = session;
    this.database = JdbcClient.create(new SingleConnectionDataSource(session, true));
    this.run = run;
    this.clock = clock;
  }

  ReportRun run() {
    return run;
  }

  /**
   * Writes what has become of it.
   *
   * @throws IllegalStateException if the run is another process's by now
   */
  void become(ReportRun next) {
    OffsetDateTime attemptAt = ReportRuns.time(next.nextAttemptAt());
    int changed =
        database
            .sql(ADVANCE)
            .param("id", next.id())
            .param("attempts", next.attempts())
            .param("state", next.state().text())
            .param("failures", next.failures())
            .param("next", attemptAt, Types.TIMESTAMP_WITH_TIMEZONE)
            .param("delivered", next.deliveredTo().toArray(String[]::new))
            .param("files", next.files().toArray(String[]::new))
            .param("message", next.message(), Types.VARCHAR)
            .param("now", ReportRuns.time(clock.instant()))
            .update();
    if (changed == 0) {
      throw new IllegalStateException(
          "the run "
              + next.id()
              + " of the report "
              + next.report()
              + " was claimed by another process meanwhile; this one leaves it alone");
    }
    run = next;
  }

  /** Lets the run go: others may claim it if it is to be attempted again. */
  @Override
  public void close() throws SQLException {
    session.close();
  }
}
