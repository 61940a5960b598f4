package dev.weir.serving.health;

import dev.weir.serving.security.caller.Caller;
import dev.weir.serving.sql.SqlTemplate;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.math.BigDecimal;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code GET /health}: whether the database answers; to whom may read, also how old its last commit
 * is.
 */
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

  /** The answer to whom may not read. */
  record Liveness(String status) {}

  @ApiResponse(
      responseCode = "200",
      description = "The database answers. Who may not read is told the status only.",
      content = @Content(schema = @Schema(implementation = Health.class)))
  @GetMapping("/health")
  ResponseEntity<?> health(@AuthenticationPrincipal Caller caller) {
    boolean mayRead = caller != null && caller.role() != null;
    try {
      Health health =
          database
              .sql(HEALTH)
              .query(
                  (row, number) ->
                      new Health(
                          "up",
                          "reachable",
                          row.getLong("commit"),
                          row.getBigDecimal("age_seconds")))
              .single();
      return ResponseEntity.ok(mayRead ? health : new Liveness("up"));
    } catch (DataAccessException e) {
      LOG.warn("The database does not answer: {}", e.getMostSpecificCause().getMessage());
      return ResponseEntity.status(HttpStatus.SERVICE_UNAVAILABLE)
          .body(mayRead ? new Health("down", "not reachable", null, null) : new Liveness("down"));
    }
  }
}
