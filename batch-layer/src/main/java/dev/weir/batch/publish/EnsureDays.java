package dev.weir.batch.publish;

import dev.weir.batch.select.CubePlan;
import dev.weir.batch.select.HourPlan;
import dev.weir.db.CubeTables;
import dev.weir.pipeline.Pipeline;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/** Creates the day partitions that a run's rows go to, once and before any task writes. */
public final class EnsureDays {

  private EnsureDays() {}

  /** Creates what is missing for these hours. */
  public static void ensure(Connection connection, Pipeline pipeline, List<HourPlan> hours)
      throws SQLException {
    Set<LocalDate> days = new TreeSet<>();
    Set<Integer> cubes = new TreeSet<>();
    for (HourPlan hour : hours) {
      days.add(LocalDate.ofInstant(hour.hour(), ZoneOffset.UTC));
      hour.cubes().stream().map(CubePlan::cube).forEach(cubes::add);
    }
    try (PreparedStatement statement =
        connection.prepareStatement("SELECT weir.ensure_day(?::regclass, ?)")) {
      for (int cube : cubes) {
        CubeTables tables = CubeTables.of(pipeline, pipeline.cubes().get(cube));
        for (String table : List.of(tables.batchMinuteTable(), tables.batchHourTable())) {
          for (LocalDate day : days) {
            statement.setString(1, table);
            statement.setObject(2, day);
            statement.execute();
          }
        }
      }
    }
  }
}
