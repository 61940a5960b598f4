package dev.weir.serving.rollup;

import dev.weir.db.ComputedColumns;
import dev.weir.db.CubeTable;
import dev.weir.db.CubeTables;
import dev.weir.serving.sql.SqlNames;
import dev.weir.serving.sql.SqlTemplate;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The tables that hold the roll-ups of a cube's definition: minutes, hours and days, all groupings
 * in one.
 *
 * @param cube the tables of the layers
 */
public record RollUpTables(CubeTables cube) {
  private static final List<String> GRAINS = List.of("day", "hour", "minute");

  private static final SqlTemplate CREATE = SqlTemplate.load("db/rollup/create_table.sql");
  private static final SqlTemplate EXISTS = SqlTemplate.load("db/rollup/exists.sql");
  private static final SqlTemplate SETTINGS = SqlTemplate.load("db/rollup/settings.sql");

  public String minute() {
    return table("minute");
  }

  public String hour() {
    return table("hour");
  }

  public String day() {
    return table("day");
  }

  /**
   * Creates the tables that do not exist yet. Those that do, and have all columns, are not locked:
   * readers and their writer go on. Each is committed on its own.
   *
   * @param connection in a transaction, with nothing in it
   * @throws SQLException if the database refuses
   */
  public void create(Connection connection) throws SQLException {
    List<String> computed = ComputedColumns.of(cube.cube()).names();
    for (String grain : GRAINS) {
      Map<String, String> values =
          Map.of(
              "rollup_table",
              table(grain),
              "table",
              SqlNames.literal(table(grain)),
              "batch_table",
              cube.table(grain.equals("minute") ? CubeTable.BATCH_MINUTE : CubeTable.BATCH_HOUR),
              "index",
              cube.name() + "_" + grain,
              "cube",
              SqlNames.literal(cube.cube().name()),
              "definition",
              SqlNames.literal(cube.cube().definitionHash()),
              "computed_names",
              computed.stream().map(SqlNames::literal).collect(Collectors.joining(", ")),
              "text",
              SqlNames.literal(
                  "Cube " + cube.cube().name() + ": roll-ups by " + grain + ", see weir.roll_up."));
      try (Statement statement = connection.createStatement()) {
        if (!exists(statement, EXISTS.fill(values, Map.of()))) {
          statement.execute(CREATE.fill(values, Map.of()));
        }
        statement.execute(SETTINGS.fill(values, Map.of("computed", elements(computed))));
      }
      connection.commit();
    }
  }

  private static List<Map<String, String>> elements(List<String> columns) {
    return columns.stream().map(name -> Map.of("column", SqlNames.quote(name))).toList();
  }

  private static boolean exists(Statement statement, String script) throws SQLException {
    try (ResultSet row = statement.executeQuery(script)) {
      row.next();
      return row.getBoolean(1);
    }
  }

  private String table(String grain) {
    return "rollup." + cube.name() + "_" + grain;
  }
}
