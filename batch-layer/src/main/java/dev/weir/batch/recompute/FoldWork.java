package dev.weir.batch.recompute;

import dev.weir.aggregate.AggregateKey;
import dev.weir.aggregate.MinuteAggregate;
import dev.weir.batch.db.SqlFile;
import dev.weir.batch.db.UtcTime;
import dev.weir.batch.reconcile.AlteredRows;
import dev.weir.batch.reconcile.Check;
import dev.weir.batch.reconcile.CheckName;
import dev.weir.batch.reconcile.CubeRows;
import dev.weir.batch.select.CubePlan;
import dev.weir.batch.select.HourPlan;
import dev.weir.batch.select.RunPlan;
import dev.weir.db.CubeTable;
import dev.weir.db.CubeTables;
import dev.weir.pipeline.Pipeline;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * One sealed event hour: its events can no longer be read, so the new version is the served one
 * plus the speed rows of the commits it has not absorbed. Before that, both are compared with what
 * was noted when they were written, and the number of events with the manifest's: nothing else can
 * tell that they are right.
 *
 * <p>What is folded was counted once, in its commit, and the speed layer had dropped its duplicates
 * within their horizon; those beyond it stay.
 */
final class FoldWork {
  private static final String ARRIVALS = SqlFile.read(FoldWork.class, "arrivals-between");
  private static final String REMEDY =
      "; the events of this hour are no longer in the archive: restore the rows from a backup of the"
          + " database, or publish them as they are with --accept-differences";

  private final RunPlan plan;
  private final HourPlan hour;
  private final List<Check> checks = new ArrayList<>();

  FoldWork(RunPlan plan, int hour) {
    this.plan = plan;
    this.hour = plan.hours().get(hour);
  }

  /**
   * Writes the new version's rows, if the hour may be published.
   *
   * @param connection in a transaction, which the caller commits
   */
  HourOutcome run(Connection connection) throws SQLException, IOException {
    long folded = 0;
    List<CubeSeries> sums = new ArrayList<>();
    for (CubePlan cube : hour.cubes()) {
      CubeTables tables = tables(cube);
      CubeSeries sum = new CubeSeries(tables.cube().layout());
      read(connection, cube, CubeTable.BATCH_MINUTE).forEach(sum::merge);
      Map<AggregateKey, MinuteAggregate> speed = read(connection, cube, CubeTable.SPEED);
      long events = speed.values().stream().mapToLong(MinuteAggregate::count).sum();
      speed.forEach(sum::merge);
      compareRows(connection, cube);
      compareCount(connection, cube, events);
      folded = Math.max(folded, events);
      sums.add(sum);
    }
    boolean passed = checks.stream().allMatch(Check::agrees) || plan.acceptDifferences();
    if (passed) {
      WriteCubeRows writer = new WriteCubeRows(connection, plan.version(), hour.hourMillis());
      for (int i = 0; i < sums.size(); i++) {
        writer.write(tables(hour.cubes().get(i)), sums.get(i));
      }
    }
    return new HourOutcome(hour.index(), passed, checks, 0, 0, List.of(), Map.of(), folded);
  }

  private Map<AggregateKey, MinuteAggregate> read(
      Connection connection, CubePlan cube, CubeTable table) throws SQLException {
    return CubeRows.read(
        connection,
        cube.cube(),
        tables(cube),
        table,
        hour.hourMillis(),
        after(cube, table),
        through(cube, table));
  }

  private void compareRows(Connection connection, CubePlan cube) throws SQLException {
    for (CubeTable table : List.of(CubeTable.BATCH_MINUTE, CubeTable.BATCH_HOUR, CubeTable.SPEED)) {
      CubeTables tables = tables(cube);
      List<String> altered =
          AlteredRows.among(
              connection,
              tables,
              table,
              hour.hourMillis(),
              after(cube, table),
              through(cube, table));
      if (!altered.isEmpty()) {
        checks.add(
            Check.differs(
                CheckName.ROWS_UNALTERED,
                hour.hourMillis(),
                tables.table(table),
                altered.size(),
                String.join("; ", altered) + REMEDY));
      }
    }
  }

  private void compareCount(Connection connection, CubePlan cube, long events) throws SQLException {
    long listed = arrivals(connection, cube);
    String subject = tables(cube).cube().name();
    checks.add(
        events == listed
            ? Check.agreed(CheckName.SEALED, hour.hourMillis(), subject, events)
            : Check.differs(
                CheckName.SEALED,
                hour.hourMillis(),
                subject,
                listed,
                "commits "
                    + (cube.absorbedThrough() + 1)
                    + " to "
                    + plan.through()
                    + " brought "
                    + listed
                    + " events by the manifest, the speed rows have "
                    + events
                    + REMEDY));
  }

  private long arrivals(Connection connection, CubePlan cube) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(ARRIVALS)) {
      statement.setObject(1, UtcTime.ofMillis(hour.hourMillis()));
      statement.setLong(2, cube.absorbedThrough());
      statement.setLong(3, plan.through());
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }

  /** Speed rows: of the commits not absorbed; batch rows: of the served version only. */
  private static long after(CubePlan cube, CubeTable table) {
    return table == CubeTable.SPEED ? cube.absorbedThrough() : cube.expectedVersion() - 1;
  }

  private long through(CubePlan cube, CubeTable table) {
    return table == CubeTable.SPEED ? plan.through() : cube.expectedVersion();
  }

  private CubeTables tables(CubePlan cube) {
    Pipeline pipeline = plan.declaration().pipeline();
    return CubeTables.of(pipeline, pipeline.cubes().get(cube.cube()));
  }
}
