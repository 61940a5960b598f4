package dev.weir.serving.security.audit;

import dev.weir.serving.http.BadParametersException;
import dev.weir.serving.http.ParameterProblem;
import dev.weir.serving.sql.SqlTemplate;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/v1/audit}: what was done and refused, the newest first; for operators. */
@RestController
class AuditResource {
  private static final String LATEST = SqlTemplate.text("db/audit/latest.sql");
  private static final int MAX_LIMIT = 1000;

  private final JdbcClient database;

  AuditResource(JdbcClient database) {
    this.database = database;
  }

  /**
   * The answer.
   *
   * @param next {@code before} of the next page; null when this is the last
   */
  record Audit(List<Entry> entries, Long next) {}

  /** A row of {@code weir.audit}. */
  record Entry(
      long id,
      Instant at,
      String who,
      String role,
      String address,
      String action,
      String target,
      String outcome) {}

  @GetMapping("/api/v1/audit")
  Audit audit(
      @RequestParam(required = false) String before, @RequestParam(required = false) String limit) {
    List<ParameterProblem> problems = new ArrayList<>();
    long from = number("before", before, Long.MAX_VALUE, Long.MAX_VALUE, problems);
    int rows = (int) number("limit", limit, 100, MAX_LIMIT, problems);
    if (!problems.isEmpty()) {
      throw new BadParametersException(problems);
    }
    List<Entry> entries =
        database
            .sql(LATEST)
            .param("before", from)
            .param("limit", rows)
            .query(
                (row, number) ->
                    new Entry(
                        row.getLong("id"),
                        row.getObject("at", OffsetDateTime.class).toInstant(),
                        row.getString("who"),
                        row.getString("role"),
                        row.getString("address"),
                        row.getString("action"),
                        row.getString("target"),
                        row.getString("outcome")))
            .list();
    return new Audit(entries, entries.size() < rows ? null : entries.get(entries.size() - 1).id());
  }

  private static long number(
      String name, String text, long otherwise, long max, List<ParameterProblem> problems) {
    if (text == null) {
      return otherwise;
    }
    try {
      long number = Long.parseLong(text);
      if (number >= 1 && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Reported below, like a number out of range.
    }
    problems.add(
        new ParameterProblem(name, "it is not usable", "use a whole number from 1 to " + max));
    return otherwise;
  }
}
