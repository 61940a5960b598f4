package dev.weir.serving.health;

import dev.weir.serving.sql.SqlTemplate;
import java.math.BigDecimal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /health}: whether the database answers, and how old its last commit is. */
@RestController
class HealthResource {
  private static final Logger LOG = LoggerFactory.getLogger(HealthResource.class);
  private static final String HEALTH = SqlTemplate.text("db/query/health.sql");

  private final JdbcClient database;

  HealthResource(JdbcClient database) {
    this.database = database;
  }

  /**
   * The answer.
   *
   * @param status {@code up} or {@code down}
   * @param commit head of the commit log, 0 before the first; null when down
   * @param lastCommitAgeSeconds null before the first commit
   */
  record Health(String status, String database, Long commit, BigDecimal lastCommitAgeSeconds) {}

  @GetMapping("/health")
  ResponseEntity<Health> health() {
    try {
      return ResponseEntity.ok(
          database
              .sql(HEALTH)
              .query(
                  (row, number) ->
                      new Health(
                          "up",
                          "reachable",
                          row.getLong("commit"),
                          row.getBigDecimal("age_seconds")))
              .single());
    } catch (DataAccessException e) {
      LOG.warn("The database does not answer: {}", e.getMostSpecificCause().getMessage());
      return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
          .body(new Health("down", "not reachable", null, null));
    }
  }
}
