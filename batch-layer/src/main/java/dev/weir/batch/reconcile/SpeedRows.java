package dev.weir.batch.reconcile;

import dev.weir.aggregate.AggregateKey;
import dev.weir.aggregate.MinuteAggregate;
import dev.weir.db.CubeTable;
import dev.weir.db.CubeTables;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Map;

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
    return CubeRows.read(connection, cubeIndex, cube, CubeTable.SPEED, hourMillis, after, through);
  }
}
