package dev.weir.serving.cube;

import dev.weir.serving.sql.SqlNames;
import dev.weir.serving.sql.SqlTemplate;
import java.time.OffsetDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** Reads how exact an answer is, inside of the caller's snapshot. */
@Component
class ExactnessReader {
  private static final SqlTemplate EXACTNESS = SqlTemplate.load("db/query/cube_exactness.sql");
  private static final int HASH_DIGITS = 8;

  private final JdbcClient database;

  ExactnessReader(JdbcClient database) {
    this.database = database;
  }

  /** The least final status of everything in the range; null without rows. */
  String status(CubeQuery query) {
    CubeStatement statement = CubeStatement.status(query);
    return database
        .sql(statement.sql())
        .params(statement.bound())
        .query((row, number) -> RowReader.status(row.getObject(1, Integer.class)))
        .list()
        .get(0);
  }

  AnswerHead head(CubeQuery query, String status) {
    Map<String, Object> bound = new HashMap<>();
    Map<String, List<Map<String, String>>> filters = CubeSource.filters(query, bound);
    bound.put("cube", query.shape().cube());
    bound.put("definition", query.shape().definitionHash());
    bound.put("from", CubeSource.time(query.from()));
    bound.put("to", CubeSource.time(query.to()));
    bound.put("first_hour", CubeSource.time(query.from().truncatedTo(ChronoUnit.HOURS)));
    return database
        .sql(EXACTNESS.fill(Map.of("speed_table", table("speed", query)), filters))
        .params(bound)
        .query(
            (row, number) -> {
              OffsetDateTime watermark = row.getObject("watermark", OffsetDateTime.class);
              return new AnswerHead(
                  query.shape().cube(),
                  query.granularity(),
                  query.zone(),
                  query.from(),
                  query.to(),
                  query.shape().dimensions(),
                  query.shape().columns(),
                  status,
                  row.getObject("version", Long.class),
                  row.getLong("commit"),
                  watermark == null ? null : watermark.toInstant(),
                  row.getLong("late_events"));
            })
        .single();
  }

  /** A table of the definition that is shown. */
  static String table(String schema, CubeQuery query) {
    String hash = query.shape().definitionHash().substring(0, HASH_DIGITS);
    return schema + "." + SqlNames.quote(query.shape().cube() + "_" + hash);
  }
}
