package dev.weir.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.aggregate.AggregateKey;
import dev.weir.aggregate.MinuteAggregate;
import dev.weir.archive.ArchivedEvent;
import dev.weir.db.CubeRow;
import dev.weir.db.CubeRowParser;
import dev.weir.db.CubeTable;
import dev.weir.db.CubeTables;
import dev.weir.db.TestDatabase;
import dev.weir.pipeline.Cube;
import dev.weir.pipeline.Pipeline;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/** That the merged views, batch(served version) + speed(commits after it), show each event once. */
final class EveryEventOnce {
  private EveryEventOnce() {}

  /**
   * Every series of every cube, by minute and by hour, is what the oracle makes of the events; and
   * what published rows have beside their sketches is of these.
   */
  static void assertServed(TestDatabase database, Pipeline pipeline, List<ArchivedEvent> events)
      throws SQLException {
    try (Connection connection = database.connect()) {
      for (int cube = 0; cube < pipeline.cubes().size(); cube++) {
        for (CubeTable table : List.of(CubeTable.BATCH_MINUTE, CubeTable.BATCH_HOUR)) {
          assertThat(served(connection, pipeline, cube, table))
              .as(pipeline.cubes().get(cube).name() + " " + table)
              .isEqualTo(BatchOracle.expected(pipeline, cube, table, events));
          assertComputed(connection, CubeTables.of(pipeline, pipeline.cubes().get(cube)), table);
        }
      }
    }
  }

  private static void assertComputed(Connection connection, CubeTables tables, CubeTable table)
      throws SQLException {
    List<String> names = tables.computed(table).names();
    CubeRowParser parser = new CubeRowParser(tables, names.size());
    String columns = CubeTables.quotedList(names) + (names.isEmpty() ? "" : ", ");
    CopyOut copy =
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyOut(
                "COPY (SELECT %s%s FROM %s) TO STDOUT"
                    .formatted(columns, tables.rowColumnList(), tables.table(table)));
    for (byte[] line = copy.readFromCopy(); line != null; line = copy.readFromCopy()) {
      CubeRow row = parser.parse(new String(line, StandardCharsets.UTF_8));
      List<OptionalLong> values = tables.computed(table).values(row.aggregate());
      for (int i = 0; i < names.size(); i++) {
        OptionalLong value = values.get(i);
        assertThat(row.leading(i))
            .as(names.get(i))
            .isEqualTo(value.isPresent() ? Long.toString(value.getAsLong()) : null);
      }
    }
  }

  /** No row was written or deleted without its digest. */
  static void assertDigests(TestDatabase database, Pipeline pipeline) throws SQLException {
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      for (Cube cube : pipeline.cubes()) {
        CubeTables tables = CubeTables.of(pipeline, cube);
        for (CubeTable table :
            List.of(CubeTable.SPEED, CubeTable.BATCH_MINUTE, CubeTable.BATCH_HOUR)) {
          try (ResultSet row = statement.executeQuery(differences(tables, table))) {
            row.next();
            assertThat(row.getLong(1)).as("digests of " + tables.table(table)).isZero();
          }
        }
      }
    }
  }

  private static String differences(CubeTables tables, CubeTable table) {
    return String.format(
        """
        WITH noted AS (
          SELECT event_hour, tag, row_count, hash FROM weir.row_digest
          WHERE cube = '%1$s' AND definition_hash = '%2$s' AND layer = '%3$s'
        ), found AS (
          SELECT * FROM weir.row_digests('%3$s', '%1$s', '%2$s',
            (SELECT array_agg(DISTINCT event_hour) FROM %4$s))
        )
        SELECT count(*) FROM noted n FULL JOIN found f USING (event_hour, tag)
        WHERE (n.row_count, n.hash) IS DISTINCT FROM (f.row_count, f.hash)""",
        tables.cube().name(), tables.cube().definitionHash(), table.layer(), tables.table(table));
  }

  private static Map<AggregateKey, MinuteAggregate> served(
      Connection connection, Pipeline pipeline, int index, CubeTable table) throws SQLException {
    Cube cube = pipeline.cubes().get(index);
    CubeTables tables = CubeTables.of(pipeline, cube);
    String bucket = table == CubeTable.BATCH_HOUR ? "event_hour" : "bucket";
    String of = "c.cube = '" + cube.name() + "' AND c.definition_hash = '" + cube.definitionHash();
    String query =
        "COPY (SELECT extract(epoch FROM bucket)::bigint, "
            + tables.rowColumnList()
            + (" FROM " + tables.table(table))
            + (" b JOIN weir.coverage c USING (event_hour, version) WHERE " + of)
            + ("' UNION ALL SELECT extract(epoch FROM s." + bucket + ")::bigint, ")
            + tables.rowColumnList()
            + (" FROM " + tables.speedTable() + " s LEFT JOIN weir.coverage c")
            + (" ON c.event_hour = s.event_hour AND " + of)
            + "' WHERE c.absorbed_through IS NULL OR s.commit > c.absorbed_through) TO STDOUT";
    CubeRowParser parser = new CubeRowParser(tables, 1);
    Map<AggregateKey, MinuteAggregate> rows = new TreeMap<>();
    CopyOut copy = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(query);
    for (byte[] line = copy.readFromCopy(); line != null; line = copy.readFromCopy()) {
      CubeRow row = parser.parse(new String(line, StandardCharsets.UTF_8));
      MinuteAggregate present =
          rows.putIfAbsent(row.key(index, 1000 * row.leadingLong(0)), row.aggregate());
      if (present != null) {
        present.merge(row.aggregate());
      }
    }
    return rows;
  }
}
