package dev.weir.serving.health;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.weir.serving.security.caller.Caller;
import dev.weir.serving.sql.SqlTemplate;
import dev.weir.serving.sql.WriteDatabase;
import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import java.math.BigDecimal;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.http.HttpStatus;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RestController;

/**
 * {@code GET /health}: whether the database answers; to whom may read, also how old its last commit
 * is. However many ask, the database is asked once a second at most, through connections that no
 * question can take.
 */
@RestController
class HealthResource {
  private static final Logger LOG = LoggerFactory.getLogger(HealthResource.class);
  private static final String HEALTH = SqlTemplate.text("db/query/health.sql");
  private static final Duration HOLDS = Duration.ofSeconds(1);

  private final WriteDatabase database;

  /** The last answer, under the statement that it came from. */
  private final Cache<String, Health> last = Caffeine.newBuilder().expireAfterWrite(HOLDS).build();

  HealthResource(WriteDatabase database) {
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
    Health health = last.get(HEALTH, this::ask);
    return ResponseEntity.status(
            health.status().equals("up") ? HttpStatus.OK : HttpStatus.SERVICE_UNAVAILABLE)
        .body(mayRead ? health : new Liveness(health.status()));
  }

  private Health ask(String statement) {
    try {
      return database
          .client()
          .sql(statement)
          .query(
              (row, number) ->
                  new Health(
                      "up", "reachable", row.getLong("commit"), row.getBigDecimal("age_seconds")))
          .single();
    } catch (DataAccessException e) {
      LOG.warn("The database does not answer: {}", e.getMostSpecificCause().getMessage());
      return new Health("down", "not reachable", null, null);
    }
  }
}
