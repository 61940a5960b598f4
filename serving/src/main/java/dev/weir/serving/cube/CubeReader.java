package dev.weir.serving.cube;

import dev.weir.serving.cube.CubeAnswer.Row;
import dev.weir.serving.sql.CubeShape;
import dev.weir.serving.sql.CubeShape.Column;
import dev.weir.serving.sql.SqlNames;
import dev.weir.serving.sql.SqlTemplate;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Asks the merged views: one snapshot per answer, identifiers from the declaration, everything else
 * bound.
 */
@Component
public class CubeReader {
  private static final SqlTemplate ROWS = SqlTemplate.load("db/query/cube_rows.sql");
  private static final SqlTemplate FINALITY = SqlTemplate.load("db/query/cube_finality.sql");
  private static final List<String> STATUS = List.of("reconciled", "committed", "live");

  /** A total over a longer range reads hours, whose ends it then takes in whole. */
  private static final Duration LONGEST_TOTAL_OF_MINUTES = Duration.ofDays(2);

  private final JdbcClient database;
  private final TransactionTemplate snapshot;

  CubeReader(JdbcClient database, TransactionTemplate snapshot) {
    this.database = database;
    this.snapshot = snapshot;
  }

  /** Answers the question. */
  public CubeAnswer read(CubeQuery asked) {
    CubeQuery query = asked.granularity() == Granularity.TOTAL ? aligned(asked) : asked;
    return snapshot.execute(transaction -> answer(query));
  }

  private CubeAnswer answer(CubeQuery query) {
    CubeShape shape = query.shape();
    Map<String, String> values = Map.of("view", CubeCatalog.view(shape.cube(), source(query)));
    Map<String, Object> parameters = new HashMap<>();
    Map<String, List<Map<String, String>>> elements = elements(query, parameters);
    parameters.put("from", OffsetDateTime.ofInstant(query.from(), ZoneOffset.UTC));
    parameters.put("to", OffsetDateTime.ofInstant(query.to(), ZoneOffset.UTC));
    Finality finality =
        database
            .sql(FINALITY.fill(values, elements))
            .params(parameters)
            .query(
                (row, number) ->
                    new Finality(row.getObject("finality", Integer.class), row.getLong("commit")))
            .single();
    parameters.put("limit", query.limit() + 1);
    parameters.put("offset", query.offset());
    List<Row> rows =
        database
            .sql(ROWS.fill(values, elements))
            .params(parameters)
            .query((row, number) -> row(row, query))
            .list();
    boolean more = rows.size() > query.limit();
    return new CubeAnswer(
        shape.cube(),
        query.granularity().text(),
        query.from(),
        query.to(),
        shape.dimensions(),
        finality.rank() == null ? null : STATUS.get(finality.rank()),
        finality.commit(),
        more ? rows.subList(0, query.limit()) : rows,
        more ? query.offset() + query.limit() : null);
  }

  private record Finality(Integer rank, long commit) {}

  private static Row row(ResultSet row, CubeQuery query) throws SQLException {
    Map<String, String> dimensions = new LinkedHashMap<>();
    for (String dimension : query.shape().dimensions()) {
      dimensions.put(dimension, row.getString(dimension));
    }
    Map<String, Object> measures = new LinkedHashMap<>();
    for (Column column : query.shape().columns()) {
      measures.put(column.name(), row.getObject(column.name()));
    }
    OffsetDateTime bucket =
        query.granularity() == Granularity.TOTAL
            ? null
            : row.getObject("bucket", OffsetDateTime.class);
    return new Row(
        bucket == null ? null : bucket.toInstant(),
        STATUS.get(row.getInt("finality")),
        dimensions,
        measures);
  }

  /** The repeated lines of the scripts; binds what the filters accept. */
  private static Map<String, List<Map<String, String>>> elements(
      CubeQuery query, Map<String, Object> parameters) {
    Map<String, List<Map<String, String>>> elements = new HashMap<>(query.shape().elements());
    List<Map<String, String>> filters = new ArrayList<>();
    for (CubeQuery.Filter filter : query.filters()) {
      String values = "values" + filters.size();
      String absent = "absent" + filters.size();
      parameters.put(values, filter.values().toArray(String[]::new));
      parameters.put(absent, filter.absent());
      filters.add(
          Map.of(
              "dimension", SqlNames.quote(filter.dimension()), "values", values, "absent", absent));
    }
    elements.put("filter", filters);
    elements.put(query.granularity() == Granularity.TOTAL ? "total" : "bucket", List.of(Map.of()));
    return elements;
  }

  private static Granularity source(CubeQuery query) {
    if (query.granularity() != Granularity.TOTAL) {
      return query.granularity();
    }
    boolean wholeHours =
        Granularity.HOUR.floor(query.from()).equals(query.from())
            && Granularity.HOUR.floor(query.to()).equals(query.to());
    return wholeHours ? Granularity.HOUR : Granularity.MINUTE;
  }

  private static CubeQuery aligned(CubeQuery query) {
    if (Duration.between(query.from(), query.to()).compareTo(LONGEST_TOTAL_OF_MINUTES) <= 0) {
      return query;
    }
    return new CubeQuery(
        query.shape(),
        query.granularity(),
        Granularity.HOUR.floor(query.from()),
        Granularity.HOUR.ceiling(query.to()),
        query.filters(),
        query.limit(),
        query.offset());
  }
}
