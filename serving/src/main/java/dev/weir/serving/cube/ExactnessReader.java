package dev.weir.serving.cube;

import dev.weir.db.CubeTable;
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
  private static final String EXACTNESS = SqlTemplate.text("db/query/cube_exactness.sql");
  private static final SqlTemplate LATE_EVENTS = SqlTemplate.load("db/query/cube_late_events.sql");

  private final JdbcClient database;

  ExactnessReader(JdbcClient database) {
    this.database = database;
  }

  /** The least final status of everything in the range; null without rows. */
  String status(CubeQuery query) {
    CubeStatement statement = CubeStatement.status(query);
    return MergedViews.ask(database, statement.sql())
        .params(statement.bound())
        .query((row, number) -> RowReader.status(row.getObject(1, Integer.class)))
        .list()
        .get(0);
  }

  /** Reads all but the status. Before any statement on the views it is planned once for all. */
  Exactness of(CubeQuery query) {
    Map<String, Object> bound = new HashMap<>();
    bound.put("cube", query.shape().cube());
    bound.put("definition", query.shape().definitionHash());
    bound.put("to", CubeSource.time(query.to()));
    bound.put("first_hour", CubeSource.time(query.from().truncatedTo(ChronoUnit.HOURS)));
    return database
        .sql(EXACTNESS)
        .params(bound)
        .query(
            (row, number) ->
                new Exactness(
                    row.getLong("commit"),
                    row.getObject("watermark", OffsetDateTime.class),
                    row.getObject("version", Long.class),
                    row.getObject("late_from", OffsetDateTime.class),
                    row.getObject("late_to", OffsetDateTime.class)))
        .single();
  }

  AnswerHead head(CubeQuery query, Exactness found, String status) {
    return new AnswerHead(
        query.shape().cube(),
        query.granularity(),
        query.zone(),
        query.from(),
        query.to(),
        query.shape().dimensions(),
        query.shape().columns(),
        status,
        found.version(),
        found.commit(),
        found.watermark() == null ? null : found.watermark().toInstant(),
        lateEvents(query, found.lateFrom(), found.lateTo()));
  }

  private long lateEvents(CubeQuery query, OffsetDateTime from, OffsetDateTime to) {
    if (from == null) {
      return 0;
    }
    Map<String, Object> bound = new HashMap<>();
    Map<String, List<Map<String, String>>> filters = CubeSource.filters(query, bound);
    bound.put("cube", query.shape().cube());
    bound.put("definition", query.shape().definitionHash());
    bound.put("from", CubeSource.time(query.from()));
    bound.put("to", CubeSource.time(query.to()));
    bound.put("late_from", from);
    bound.put("late_to", to);
    String sql =
        LATE_EVENTS.fill(Map.of("speed_table", query.shape().table(CubeTable.SPEED)), filters);
    return MergedViews.ask(database, sql).params(bound).query(Long.class).single();
  }
}
