package dev.weir.serving.deadletter;

import dev.weir.serving.sql.SqlTemplate;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/v1/dead-letters}: what was rejected and why, and what became of every record. */
@RestController
class DeadLetterResource {
  private static final String REASONS = SqlTemplate.text("db/query/dead_letters.sql");
  private static final String CONSERVATION = SqlTemplate.text("db/query/conservation.sql");
  private static final int SHOWN_REASONS = 200;

  private final JdbcClient database;
  private final TransactionTemplate snapshot;

  DeadLetterResource(JdbcClient database, TransactionTemplate snapshot) {
    this.database = database;
    this.snapshot = snapshot;
  }

  /**
   * The answer.
   *
   * @param reasons per source and reason the number of records and the newest sample, the most
   *     frequent first
   * @param conservation per source: in = counted + duplicate + dead-lettered + filtered
   */
  record DeadLetters(List<Map<String, Object>> reasons, List<Map<String, Object>> conservation) {}

  @GetMapping("/api/v1/dead-letters")
  DeadLetters deadLetters() {
    return snapshot.execute(
        transaction ->
            new DeadLetters(
                database.sql(REASONS).param("limit", SHOWN_REASONS).query().listOfRows(),
                database.sql(CONSERVATION).query().listOfRows()));
  }
}
