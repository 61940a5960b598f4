package dev.weir.serving.rollup;

import dev.weir.db.CubeTable;
import dev.weir.db.CubeTables;
import dev.weir.serving.sql.SqlNames;
import dev.weir.serving.sql.SqlTemplate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The tables that hold the roll-ups of a cube's definition: minutes, hours and days, all groupings
 * in one.
 *
 * @param cube the tables of the layers
 */
public record RollUpTables(CubeTables cube) {
  private static final SqlTemplate TABLE = SqlTemplate.load("db/rollup/table.sql");

  public String minute() {
    return table("minute");
  }

  public String hour() {
    return table("hour");
  }

  public String day() {
    return table("day");
  }

  /** Statements that create what does not exist yet. */
  public List<String> ddl() {
    List<String> statements = new ArrayList<>();
    for (String grain : List.of("minute", "hour", "day")) {
      statements.add(
          TABLE.fill(
              Map.of(
                  "rollup_table",
                  table(grain),
                  "batch_table",
                  cube.table(
                      grain.equals("minute") ? CubeTable.BATCH_MINUTE : CubeTable.BATCH_HOUR),
                  "index",
                  cube.name() + "_" + grain,
                  "text",
                  SqlNames.literal(
                      "Cube "
                          + cube.cube().name()
                          + ": roll-ups by "
                          + grain
                          + ", see weir.roll_up.")),
              Map.of()));
    }
    return statements;
  }

  private String table(String grain) {
    return "rollup." + cube.name() + "_" + grain;
  }
}
