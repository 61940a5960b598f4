package dev.weir.serving.security.audit;

import dev.weir.serving.sql.SqlTemplate;
import io.github.bucket4j.Bucket;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;

/**
 * The table {@code weir.audit}: rows are added, and nothing here changes or deletes one. What
 * cannot be written there goes to the application's log.
 */
public final class AuditLog {
  private static final Logger LOG = LoggerFactory.getLogger(AuditLog.class);
  private static final String ADD = SqlTemplate.text("db/audit/add.sql");
  private static final int REFUSALS_A_MINUTE = 300;

  private final JdbcClient writing;
  private final AtomicLong leftOut = new AtomicLong();
  private final Bucket refusals =
      Bucket.builder()
          .addLimit(
              limit ->
                  limit
                      .capacity(REFUSALS_A_MINUTE)
                      .refillGreedy(REFUSALS_A_MINUTE, Duration.ofMinutes(1)))
          .build();

  public AuditLog(JdbcClient writing) {
    this.writing = writing;
  }

  /** Adds what somebody with a right to do so has done. */
  public void done(AuditEntry entry) {
    add(entry);
  }

  /**
   * Adds a refusal. Whoever floods the server with bad credentials shall not fill the disk: beyond
   * 300 a minute they are counted, and the next entry says how many were left out.
   */
  public void refused(AuditEntry entry) {
    if (!refusals.tryConsume(1)) {
      leftOut.incrementAndGet();
      return;
    }
    long missing = leftOut.getAndSet(0);
    add(
        missing == 0
            ? entry
            : new AuditEntry(
                entry.who(),
                entry.role(),
                entry.address(),
                entry.action(),
                entry.target(),
                entry.outcome() + " (and " + missing + " refusals before it)"));
  }

  private void add(AuditEntry entry) {
    try {
      writing
          .sql(ADD)
          .param("who", entry.who())
          .param("role", entry.role())
          .param("address", entry.address())
          .param("action", entry.action())
          .param("target", entry.target())
          .param("outcome", entry.outcome())
          .update();
    } catch (DataAccessException e) {
      LOG.error(
          "Not in the audit log, because the database does not take it ({}): {}",
          e.getMostSpecificCause().getMessage(),
          entry);
    }
  }
}
