package dev.weir.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.aggregate.AggregateKey;
import dev.weir.aggregate.MinuteAggregate;
import dev.weir.aggregate.NaiveAggregator;
import dev.weir.archive.ArchivedEvent;
import dev.weir.db.CubeRow;
import dev.weir.db.CubeRowParser;
import dev.weir.db.CubeTables;
import dev.weir.db.TestDatabase;
import dev.weir.event.Event;
import dev.weir.pipeline.Cube;
import dev.weir.pipeline.Pipeline;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * What a reader sees of committed events: batch(published version) + speed(commits after the
 * absorbed one), and what it must see, computed in the obvious way.
 */
final class ServedView {
  private final TestDatabase database;
  private final Pipeline pipeline;

  ServedView(TestDatabase database, Pipeline pipeline) {
    this.database = database;
    this.pipeline = pipeline;
  }

  /**
   * Every row of every cube is what these events give: of each event hour, duplicates among the
   * absorbed commits are dropped, those of later ones not yet.
   */
  void assertServes(List<ArchivedEvent> committed) throws SQLException {
    for (int cube = 0; cube < pipeline.cubes().size(); cube++) {
      Map<AggregateKey, MinuteAggregate> expected = expected(cube, committed);
      Map<AggregateKey, MinuteAggregate> served = served(cube);
      assertThat(served.keySet()).isEqualTo(expected.keySet());
      expected.forEach(
          (key, aggregate) -> assertThat(served.get(key)).as(key.toString()).isEqualTo(aggregate));
    }
  }

  /** Number of events served by the first cube, in one statement. */
  String total() {
    CubeTables tables = tables(0);
    return "SELECT coalesce(sum(event_count), 0)::bigint FROM ("
        + rows(tables, "event_count")
        + ") AS r";
  }

  private Map<AggregateKey, MinuteAggregate> served(int cube) throws SQLException {
    CubeTables tables = tables(cube);
    CubeRowParser parser = new CubeRowParser(tables, 1);
    Map<AggregateKey, MinuteAggregate> rows = new TreeMap<>();
    try (Connection connection = database.connect()) {
      String columns = "extract(epoch FROM bucket)::bigint, " + tables.rowColumnList();
      CopyOut copy =
          connection
              .unwrap(PGConnection.class)
              .getCopyAPI()
              .copyOut("COPY (" + rows(tables, columns) + ") TO STDOUT");
      for (byte[] line = copy.readFromCopy(); line != null; line = copy.readFromCopy()) {
        CubeRow row = parser.parse(new String(line, StandardCharsets.UTF_8));
        MinuteAggregate present =
            rows.putIfAbsent(row.key(cube, 1000 * row.leadingLong(0)), row.aggregate());
        if (present != null) {
          present.merge(row.aggregate());
        }
      }
    }
    return rows;
  }

  private static String rows(CubeTables tables, String columns) {
    String coverage =
        "(SELECT event_hour, version AS served, absorbed_through FROM weir.coverage WHERE cube = '%s' AND definition_hash = '%s') AS c"
            .formatted(tables.cube().name(), tables.cube().definitionHash());
    return ("SELECT %s FROM %s JOIN %s USING (event_hour) WHERE version = served"
            + " UNION ALL SELECT %s FROM %s LEFT JOIN %s USING (event_hour)"
            + " WHERE absorbed_through IS NULL OR commit > absorbed_through")
        .formatted(
            columns, tables.batchMinuteTable(), coverage, columns, tables.speedTable(), coverage);
  }

  private Map<AggregateKey, MinuteAggregate> expected(int index, List<ArchivedEvent> committed)
      throws SQLException {
    Map<Long, Long> absorbed = absorbed(index);
    List<ArchivedEvent> in = new ArrayList<>();
    List<ArchivedEvent> counted = new ArrayList<>();
    for (ArchivedEvent event : committed) {
      boolean isIn = event.commit() <= absorbed.getOrDefault(event.event().hourMillis(), 0L);
      (isIn ? in : counted).add(event);
    }
    counted.addAll(BatchOracle.unique(in));
    Cube cube = pipeline.cubes().get(index);
    Map<AggregateKey, NaiveAggregator> naive = new TreeMap<>();
    for (ArchivedEvent one : counted) {
      Event event = one.event();
      List<Long> numbers = new ArrayList<>();
      for (int i = 0; i < event.numbers().length; i++) {
        numbers.add((event.numbersPresent() >> i & 1) == 1 ? event.numbers()[i] : null);
      }
      naive
          .computeIfAbsent(
              PlayedSpeedLayer.key(index, cube, event), k -> new NaiveAggregator(cube.layout()))
          .add(numbers, Arrays.asList(event.identifiers()));
    }
    Map<AggregateKey, MinuteAggregate> rows = new TreeMap<>();
    naive.forEach((key, aggregator) -> rows.put(key, aggregator.toAggregate()));
    return rows;
  }

  private Map<Long, Long> absorbed(int cube) throws SQLException {
    Map<Long, Long> absorbed = new HashMap<>();
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery(
                "SELECT (extract(epoch FROM event_hour) * 1000)::bigint, absorbed_through"
                    + " FROM weir.coverage WHERE definition_hash = '"
                    + pipeline.cubes().get(cube).definitionHash()
                    + "' AND cube = '"
                    + pipeline.cubes().get(cube).name()
                    + "'")) {
      while (rows.next()) {
        absorbed.put(rows.getLong(1), rows.getLong(2));
      }
    }
    return absorbed;
  }

  private CubeTables tables(int cube) {
    return CubeTables.of(pipeline, pipeline.cubes().get(cube));
  }
}
