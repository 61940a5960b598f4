package dev.weir.serving.reconciliation;

import dev.weir.serving.sql.SqlTemplate;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code GET /api/v1/reconciliation}: the batch layer's latest runs, and whether both views agreed.
 */
@RestController
class ReconciliationResource {
  private static final String RUNS = SqlTemplate.text("db/query/reconciliation.sql");
  private static final String DISAGREEMENTS = SqlTemplate.text("db/query/disagreements.sql");
  private static final int SHOWN_RUNS = 20;
  private static final int SHOWN_DISAGREEMENTS = 50;

  private final JdbcClient database;
  private final TransactionTemplate snapshot;

  ReconciliationResource(JdbcClient database, TransactionTemplate snapshot) {
    this.database = database;
    this.snapshot = snapshot;
  }

  /**
   * The answer.
   *
   * @param runs the newest first, with the columns of {@code serving.reconciliation}
   * @param disagreements checks that did not agree, the newest first; empty when all is well
   */
  record Reconciliation(List<Map<String, Object>> runs, List<Map<String, Object>> disagreements) {}

  @GetMapping("/api/v1/reconciliation")
  Reconciliation reconciliation() {
    return snapshot.execute(
        transaction ->
            new Reconciliation(
                database.sql(RUNS).param("limit", SHOWN_RUNS).query().listOfRows(),
                database
                    .sql(DISAGREEMENTS)
                    .param("limit", SHOWN_DISAGREEMENTS)
                    .query()
                    .listOfRows()));
  }
}
