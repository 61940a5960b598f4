package dev.weir.batch.reconcile;

import dev.weir.aggregate.AggregateKey;
import dev.weir.aggregate.MinuteAggregate;
import dev.weir.aggregate.MinuteBucket;
import dev.weir.batch.db.UtcTime;
import dev.weir.db.CubeBinaryRows;
import dev.weir.db.CubeTable;
import dev.weir.db.CubeTables;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/** Reads one event hour of a cube's table. */
public final class CubeRows {

  private CubeRows() {}

  /**
   * The merged rows of the commits, or versions, in (after, through].
   *
   * @param cubeIndex position of the cube in the pipeline
   * @param table any but the live one
   */
  public static Map<AggregateKey, MinuteAggregate> read(
      Connection connection,
      int cubeIndex,
      CubeTables cube,
      CubeTable table,
      long hourMillis,
      long after,
      long through)
      throws SQLException {
    // COPY takes no bound values: these are all numbers and times of our own. The bucket is there
    // for PostgreSQL to skip other days' partitions.
    String tag = table.keyColumns().get(0);
    String query =
        "COPY (SELECT extract(epoch FROM bucket)::bigint, "
            + cube.rowColumnList()
            + " FROM "
            + cube.table(table)
            + " WHERE event_hour = "
            + UtcTime.literal(hourMillis)
            + " AND bucket >= "
            + UtcTime.literal(hourMillis)
            + " AND bucket < "
            + UtcTime.literal(hourMillis + MinuteBucket.HOUR_MILLIS)
            + (" AND " + tag + " > " + after + " AND " + tag + " <= " + through)
            + ") TO STDOUT (FORMAT binary)";
    int dimensions = cube.dimensionColumns().size();
    Map<AggregateKey, MinuteAggregate> merged = new HashMap<>();
    MinuteAggregate empty = MinuteAggregate.empty(cube.cube().layout());
    CubeBinaryRows rows =
        new CubeBinaryRows(
            cube.cube().layout(),
            fields -> {
              long minuteMillis = 1000 * fields.bigint();
              String[] values = CubeBinaryRows.dimensions(fields, dimensions);
              return merged.computeIfAbsent(
                  new AggregateKey(cubeIndex, minuteMillis, values), key -> empty.copy());
            });
    CopyOut copy = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(query);
    for (byte[] piece = copy.readFromCopy(); piece != null; piece = copy.readFromCopy()) {
      rows.read(piece);
    }
    return merged;
  }
}
