package dev.weir.serving.rollup;

import dev.weir.db.CubeTables;
import dev.weir.pipeline.Cube;
import dev.weir.serving.sql.CubeShape;
import dev.weir.serving.sql.SqlTemplate;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The statements that keep one cube's roll-ups, filled in. */
final class RollUpScripts {
  final String outdatedHours;
  final String forgetHours;
  final String forgetMinutes;
  final String forgetMinutesOfHour;
  final String forgetHour;
  final String outdatedDays;
  final String addUpDay;

  RollUpScripts(Cube cube, CubeTables tables) {
    CubeShape shape = CubeShape.of(cube);
    RollUpTables rollUps = new RollUpTables(tables);
    Map<String, List<Map<String, String>>> elements = shape.elements();
    Map<String, String> values = new HashMap<>();
    values.put("speed_table", tables.speedTable());
    values.put("batch_hour_table", tables.batchHourTable());
    values.put("rollup_minute_table", rollUps.minute());
    values.put("rollup_hour_table", rollUps.hour());
    values.put("rollup_day_table", rollUps.day());
    outdatedHours = fill("outdated_hours", values, elements);
    forgetHours = fill("forget_hours", values, elements);
    forgetMinutes = fill("forget_minutes", values, elements);
    outdatedDays = fill("outdated_days", values, elements);
    addUpDay = fill("add_up_day", values, elements);
    values.put("rollup_table", rollUps.minute());
    forgetMinutesOfHour = fill("forget_hour", values, elements);
    values.put("rollup_table", rollUps.hour());
    forgetHour = fill("forget_hour", values, elements);
  }

  static String text(String script) {
    return SqlTemplate.text("db/rollup/" + script + ".sql");
  }

  private static String fill(
      String script, Map<String, String> values, Map<String, List<Map<String, String>>> elements) {
    return SqlTemplate.load("db/rollup/" + script + ".sql").fill(values, elements);
  }
}
