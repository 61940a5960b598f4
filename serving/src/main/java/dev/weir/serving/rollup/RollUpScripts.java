package dev.weir.serving.rollup;

import dev.weir.db.CubeTable;
import dev.weir.db.CubeTables;
import dev.weir.pipeline.Cube;
import dev.weir.serving.sql.CubeShape;
import dev.weir.serving.sql.SqlNames;
import dev.weir.serving.sql.SqlTemplate;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The statements that keep one cube's roll-ups, filled in. */
final class RollUpScripts {
  final String lockTables;
  final String outdatedHours;
  final String forgetHours;
  final String forgetDays;
  final String forgetMinutes;
  final String forgetMinutesOfHour;
  final String forgetHour;
  final String addUpMinutes;
  final String addUpHours;
  final String outdatedDays;
  final String addUpDay;
  final String forgetOrphanMinutes;
  final String forgetOrphanHours;
  final String astrayMinutes;
  final String astrayHours;
  final String astrayDays;
  final String unread;
  final String lockRows;
  final String takeBackHour;
  final String takeBackDay;

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
    values.put("groupings", groupings(shape.dimensions()));
    values.put(
        "grouping_columns",
        Stream.concat(Stream.of("_grouping"), shape.dimensions().stream().map(SqlNames::quote))
            .collect(Collectors.joining(", ")));
    lockTables = fill("lock_tables", values, elements);
    outdatedHours = fill("outdated_hours", values, elements);
    forgetHours = fill("forget_hours", values, elements);
    forgetDays = fill("forget_days", values, elements);
    forgetMinutes = fill("forget_minutes", values, elements);
    outdatedDays = fill("outdated_days", values, elements);
    addUpDay = fill("add_up_day", values, elements);
    astrayDays = fill("astray_days", values, elements);
    unread = fill("unread", values, elements);
    lockRows = fill("lock_rows", values, elements);
    takeBackHour = fill("take_back_hour", values, elements);
    takeBackDay = fill("take_back_day", values, elements);
    values.put("rollup_table", rollUps.minute());
    values.put("batch_table", tables.table(CubeTable.BATCH_MINUTE));
    values.put("bucket", "p.bucket");
    forgetMinutesOfHour = fill("forget_hour", values, elements);
    astrayMinutes = fill("astray_hours", values, elements);
    forgetOrphanMinutes = fill("forget_orphans", values, elements);
    addUpMinutes = fill("add_up", values, elements);
    values.put("rollup_table", rollUps.hour());
    values.put("batch_table", tables.table(CubeTable.BATCH_HOUR));
    values.put("bucket", "p.event_hour");
    forgetHour = fill("forget_hour", values, elements);
    astrayHours = fill("astray_hours", values, elements);
    forgetOrphanHours = fill("forget_orphans", values, elements);
    addUpHours = fill("add_up", values, elements);
  }

  static String text(String script) {
    return SqlTemplate.text("db/rollup/" + script + ".sql");
  }

  private static String fill(
      String script, Map<String, String> values, Map<String, List<Map<String, String>>> elements) {
    return SqlTemplate.load("db/rollup/" + script + ".sql").fill(values, elements);
  }

  /** For each grouping its number, and which dimensions it keeps. */
  private static String groupings(List<String> dimensions) {
    List<String> rows = new ArrayList<>();
    for (Grouping grouping : Grouping.of(dimensions)) {
      rows.add(
          Stream.concat(
                  Stream.of(Integer.toString(grouping.number())),
                  dimensions.stream()
                      .map(name -> Boolean.toString(grouping.dimensions().contains(name))))
              .collect(Collectors.joining(", ", "(", ")")));
    }
    return String.join(", ", rows);
  }
}
