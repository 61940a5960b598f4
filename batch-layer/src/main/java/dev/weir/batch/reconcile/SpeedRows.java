package dev.weir.batch.reconcile;

import dev.weir.aggregate.AggregateKey;
import dev.weir.aggregate.MinuteAggregate;
import dev.weir.aggregate.MinuteBucket;
import dev.weir.batch.db.UtcTime;
import dev.weir.db.CubeRow;
import dev.weir.db.CubeRowParser;
import dev.weir.db.CubeTables;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.HashMap;
import java.util.Map;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/** Reads what the speed layer committed of one cube and event hour. */
public final class SpeedRows {

  private SpeedRows() {}

  /**
   * The merged speed rows of the commits in (after, through].
   *
   * @param cubeIndex position of the cube in the pipeline
   */
  public static Map<AggregateKey, MinuteAggregate> read(
      Connection connection,
      int cubeIndex,
      CubeTables cube,
      long hourMillis,
      long after,
      long through)
      throws SQLException {
    // COPY takes no bound values: these are all numbers and times of our own. The bucket is there
    // for PostgreSQL to skip other days' partitions.
    String query =
        "COPY (SELECT extract(epoch FROM bucket)::bigint, "
            + cube.rowColumnList()
            + " FROM "
            + cube.speedTable()
            + " WHERE event_hour = "
            + UtcTime.literal(hourMillis)
            + " AND bucket >= "
            + UtcTime.literal(hourMillis)
            + " AND bucket < "
            + UtcTime.literal(hourMillis + MinuteBucket.HOUR_MILLIS)
            + " AND commit > "
            + after
            + " AND commit <= "
            + through
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
