package dev.weir.serving.freshness;

import dev.weir.serving.sql.SqlTemplate;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/v1/freshness}: how far the live, committed and reconciled parts have come. */
@RestController
class FreshnessResource {
  private static final String FRESHNESS = SqlTemplate.text("db/query/freshness.sql");
  private static final String SPAN = SqlTemplate.text("db/query/span.sql");

  private final JdbcClient database;
  private final TransactionTemplate snapshot;

  FreshnessResource(JdbcClient database, TransactionTemplate snapshot) {
    this.database = database;
    this.snapshot = snapshot;
  }

  /**
   * The answer.
   *
   * @param oldestEventTime of all commits; null before the first
   * @param newestEventTime of all commits
   * @param parts live, committed, reconciled
   */
  record Freshness(Instant oldestEventTime, Instant newestEventTime, List<Part> parts) {}

  /** A row of {@code serving.freshness}; see that view's comments. */
  record Part(
      String part,
      Instant newestEventTime,
      BigDecimal lagSeconds,
      BigDecimal aheadSeconds,
      Long commit,
      Long commitsBehind,
      Instant updatedAt,
      BigDecimal ageSeconds) {}

  @GetMapping("/api/v1/freshness")
  Freshness freshness() {
    return snapshot.execute(
        transaction -> {
          List<Part> parts =
              database
                  .sql(FRESHNESS)
                  .query(
                      (row, number) ->
                          new Part(
                              row.getString("part"),
                              instant(row.getObject("newest_event_time", OffsetDateTime.class)),
                              row.getBigDecimal("lag_seconds"),
                              row.getBigDecimal("ahead_seconds"),
                              row.getObject("commit", Long.class),
                              row.getObject("commits_behind", Long.class),
                              instant(row.getObject("updated_at", OffsetDateTime.class)),
                              row.getBigDecimal("age_seconds")))
                  .list();
          return database
              .sql(SPAN)
              .query(
                  (row, number) ->
                      new Freshness(
                          instant(row.getObject("oldest", OffsetDateTime.class)),
                          instant(row.getObject("newest", OffsetDateTime.class)),
                          parts))
              .single();
        });
  }

  private static Instant instant(OffsetDateTime time) {
    return time == null ? null : time.toInstant();
  }
}
