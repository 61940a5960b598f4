package dev.weir.serving.security;

import dev.weir.db.TestDatabase;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What is in a database, to see whether anything was changed. */
final class Tables {
  private static final String NAMES =
      """
      SELECT format('%I.%I', n.nspname, c.relname)
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE c.relkind IN ('r', 'v') AND n.nspname NOT IN ('pg_catalog', 'information_schema')
        AND n.nspname !~ '^pg_' ORDER BY 1""";

  private Tables() {}

  /**
   * The content of every table and the definition of every view, by name; roles, too.
   *
   * @param except tables that requests are meant to change
   */
  static Map<String, String> content(TestDatabase database, List<String> except) {
    Map<String, String> content = new TreeMap<>();
    try (Connection connection = database.connect();
        Statement statement = connection.createStatement()) {
      List<String> names = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery(NAMES)) {
        while (rows.next()) {
          names.add(rows.getString(1));
        }
      }
      names.removeAll(except);
      for (String name : names) {
        content.put(
            name,
            value(
                statement,
                name.startsWith("serving.")
                    ? "SELECT pg_get_viewdef('" + name + "'::regclass)"
                    : "SELECT md5(string_agg(t::text, '|' ORDER BY t::text)) FROM " + name + " t"));
      }
      content.put(
          "roles",
          value(statement, "SELECT string_agg(rolname, ',' ORDER BY rolname) FROM pg_roles"));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    }
    return content;
  }

  private static String value(Statement statement, String query) throws SQLException {
    try (ResultSet rows = statement.executeQuery(query)) {
      rows.next();
      return String.valueOf(rows.getString(1));
    }
  }
}
