package dev.weir.serving.reconciliation;

import dev.weir.serving.sql.SqlTemplate;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionTemplate;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code GET /api/v1/reconciliation}: the batch layer's latest runs, what is wrong at this moment,
 * and the sealed hours.
 */
@RestController
class ReconciliationResource {
  private static final String RUNS = SqlTemplate.text("db/query/reconciliation.sql");
  private static final String TOTALS = SqlTemplate.text("db/query/reconciliation_totals.sql");
  private static final String DISAGREEMENTS = SqlTemplate.text("db/query/disagreements.sql");
  private static final String SEALED_HOURS = SqlTemplate.text("db/query/sealed_hours.sql");
  private static final int SHOWN_RUNS = 20;
  private static final int SHOWN_PLACES = 50;

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
   * @param totals how many disagreements and sealed hours there are in all
   * @param disagreements what was found wrong and not set right since, the newest 50 of it; empty
   *     when all is well
   * @param sealedHours event hours that are not recomputed any more, the newest 50 of them
   */
  record Reconciliation(
      List<Map<String, Object>> runs,
      Map<String, Object> totals,
      List<Map<String, Object>> disagreements,
      List<Map<String, Object>> sealedHours) {}

  @GetMapping("/api/v1/reconciliation")
  Reconciliation reconciliation() {
    return snapshot.execute(
        transaction ->
            new Reconciliation(
                rows(RUNS, SHOWN_RUNS),
                database.sql(TOTALS).query().singleRow(),
                rows(DISAGREEMENTS, SHOWN_PLACES),
                rows(SEALED_HOURS, SHOWN_PLACES)));
  }

  private List<Map<String, Object>> rows(String query, int limit) {
    return database.sql(query).param("limit", limit).query().listOfRows();
  }
}
