package dev.weir.batch;

import dev.weir.aggregate.AggregateKey;
import dev.weir.aggregate.MinuteAggregate;
import dev.weir.db.CubeRow;
import dev.weir.db.CubeRowParser;
import dev.weir.db.CubeTable;
import dev.weir.db.CubeTables;
import dev.weir.db.TestDatabase;
import dev.weir.pipeline.Cube;
import dev.weir.pipeline.Pipeline;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/** What the merged view shows of committed events: batch(served version) + speed(commits after). */
final class ServedRows {
  private ServedRows() {}

  /** The minutes of a cube. */
  static Map<AggregateKey, MinuteAggregate> of(TestDatabase database, Pipeline pipeline, int index)
      throws SQLException {
    Map<AggregateKey, MinuteAggregate> rows =
        BatchOracle.published(database, pipeline, index, CubeTable.BATCH_MINUTE);
    Cube cube = pipeline.cubes().get(index);
    CubeTables tables = CubeTables.of(pipeline, cube);
    CubeRowParser parser = new CubeRowParser(tables, 1);
    try (Connection connection = database.connect()) {
      CopyOut copy =
          connection
              .unwrap(PGConnection.class)
              .getCopyAPI()
              .copyOut(
                  "COPY (SELECT extract(epoch FROM bucket)::bigint, "
                      + tables.rowColumnList()
                      + " FROM "
                      + tables.speedTable()
                      + " s LEFT JOIN weir.coverage c ON c.event_hour = s.event_hour"
                      + " AND c.cube = '"
                      + cube.name()
                      + "' AND c.definition_hash = '"
                      + cube.definitionHash()
                      + "' WHERE s.commit > coalesce(c.absorbed_through, 0)) TO STDOUT");
      for (byte[] line = copy.readFromCopy(); line != null; line = copy.readFromCopy()) {
        CubeRow row = parser.parse(new String(line, StandardCharsets.UTF_8));
        AggregateKey key = row.key(index, 1000 * row.leadingLong(0));
        MinuteAggregate present = rows.putIfAbsent(key, row.aggregate());
        if (present != null) {
          present.merge(row.aggregate());
        }
      }
    }
    return rows;
  }
}
