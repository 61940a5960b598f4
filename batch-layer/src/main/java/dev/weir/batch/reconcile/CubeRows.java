package dev.weir.batch.reconcile;

import dev.weir.aggregate.AggregateKey;
import dev.weir.aggregate.MinuteAggregate;
import dev.weir.aggregate.MinuteBucket;
import dev.weir.batch.db.UtcTime;
import dev.weir.db.CubeRow;
import dev.weir.db.CubeRowParser;
import dev.weir.db.CubeTable;
import dev.weir.db.CubeTables;
import java.nio.charset.StandardCharsets;
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
            + ") TO STDOUT";
    CubeRowParser parser = new CubeRowParser(cube, 1);
    Map<AggregateKey, MinuteAggregate> merged = new HashMap<>();
    CopyOut copy = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(query);
    for (byte[] line = copy.readFromCopy(); line != null; line = copy.readFromCopy()) {
      CubeRow row = parser.parse(new String(line, StandardCharsets.UTF_8));
      AggregateKey key = row.key(cubeIndex, 1000 * row.leadingLong(0));
      MinuteAggregate present = merged.putIfAbsent(key, row.aggregate());
      if (present != null) {
        present.merge(row.aggregate());
      }
    }
    return merged;
  }
}
