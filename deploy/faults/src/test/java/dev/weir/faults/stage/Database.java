package dev.weir.faults.stage;

import dev.weir.faults.system.FaultRuntime;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Questions to the database, past the proxy. */
public final class Database {
  private static final String TABLES =
      """
      SELECT format('%I.%I', n.nspname, c.relname)
      FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
      WHERE n.nspname IN ('weir', 'speed', 'batch') AND c.relkind IN ('r', 'p') AND NOT c.relispartition
        -- The serving application brings them up to date in its own time.
        AND c.relname NOT LIKE 'roll\\_up%'
      """;

  /** The owner's sign of life is the one value that changes while nothing happens. */
  private static final String HEAD =
      "(SELECT commit, uuid, live_base, last_commit, attempt, job_id FROM weir.head)";

  private static final String DIGEST =
      "SELECT count(*) || ' rows, ' || coalesce(sum(hashtextextended(t::text, 0)::numeric), 0) FROM %s AS t";

  private final FaultRuntime runtime;

  Database(FaultRuntime runtime) {
    this.runtime = runtime;
  }

  /** The first column of every row, as text. */
  public List<String> column(String query, Object... values) {
    try (Connection connection = runtime.connect();
        PreparedStatement statement = connection.prepareStatement(query)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      List<String> column = new ArrayList<>();
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          column.add(rows.getString(1));
        }
      }
      return column;
    } catch (SQLException e) {
      throw new IllegalStateException(e.getMessage() + " in " + query, e);
    }
  }

  /** Does something that has no answer. */
  public void execute(String statements) {
    try (Connection connection = runtime.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(statements);
    } catch (SQLException e) {
      throw new IllegalStateException(e.getMessage() + " in " + statements, e);
    }
  }

  public String text(String query, Object... values) {
    return column(query, values).get(0);
  }

  public long number(String query, Object... values) {
    return Long.parseLong(text(query, values));
  }

  /** The number of the last commit. */
  public long head() {
    return number("SELECT commit FROM weir.head");
  }

  /** The number of the last claim. */
  public long claim() {
    return number("SELECT attempt FROM weir.head");
  }

  /** Sessions of the commit log that are in a transaction. */
  public long openCommits() {
    return number(
        "SELECT count(*) FROM pg_stat_activity"
            + " WHERE application_name LIKE 'weir commit %' AND xact_start IS NOT NULL");
  }

  /** Events that the minute view shows, live ones included. */
  public long shown() {
    return number("SELECT coalesce(sum(event_count), 0)::bigint FROM serving.traffic_minute");
  }

  /**
   * Number and hash of the rows of every table of the two layers and of the log, by table; roll-ups
   * are not theirs.
   */
  public Map<String, String> digests() {
    Map<String, String> digests = new TreeMap<>();
    for (String table : column(TABLES)) {
      digests.put(table, text(DIGEST.formatted(table.equals("weir.head") ? HEAD : table)));
    }
    return digests;
  }
}
