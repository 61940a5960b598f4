package dev.weir.batch.reconcile;

import dev.weir.batch.db.SqlFile;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Compares the archive with the ledger's counters: counted = archived, per commit and per source.
 */
public final class CheckConservation {
  private static final String BY_COMMIT = SqlFile.read(CheckConservation.class, "commits-archived");
  private static final String BY_SOURCE =
      SqlFile.read(CheckConservation.class, "counted-by-source");

  private CheckConservation() {}

  /** Compares the manifest with the counters of every commit in (after, through]. */
  public static Check ofCommits(Connection connection, long after, long through)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(BY_COMMIT)) {
      statement.setLong(1, after);
      statement.setLong(2, through);
      statement.setLong(3, after);
      statement.setLong(4, through);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        long differing = row.getLong(4);
        if (differing == 0) {
          return Check.agreed(CheckName.CONSERVATION, null, "all sources", row.getLong(2));
        }
        String[] named = (String[]) row.getArray(5).getArray();
        return Check.differs(
            CheckName.CONSERVATION,
            null,
            "all sources",
            row.getLong(2),
            differing + " of " + row.getLong(1) + " commits differ: " + String.join("; ", named));
      }
    }
  }

  /**
   * Compares the rows that were read of the commits in (after, through] with their counters.
   *
   * @param archived rows by source; every event hour of these commits must have been read
   */
  public static List<Check> ofSources(
      Connection connection, long after, long through, Map<String, Long> archived)
      throws SQLException {
    Map<String, Long> counted = new TreeMap<>();
    try (PreparedStatement statement = connection.prepareStatement(BY_SOURCE)) {
      statement.setLong(1, after);
      statement.setLong(2, through);
      try (ResultSet rows = statement.executeQuery()) {
        while (rows.next()) {
          counted.put(rows.getString(1), rows.getLong(2));
        }
      }
    }
    TreeMap<String, Long> sources = new TreeMap<>(archived);
    counted.keySet().forEach(source -> sources.putIfAbsent(source, 0L));
    List<Check> checks = new ArrayList<>();
    sources.forEach(
        (source, rows) -> {
          long expected = counted.getOrDefault(source, 0L);
          checks.add(
              expected == rows
                  ? Check.agreed(CheckName.CONSERVATION, null, source, rows)
                  : Check.differs(
                      CheckName.CONSERVATION,
                      null,
                      source,
                      expected,
                      "counted " + expected + " events, archived " + rows));
        });
    return checks;
  }
}
