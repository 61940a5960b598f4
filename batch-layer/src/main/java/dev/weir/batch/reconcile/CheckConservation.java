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
  private static final String SEALED =
      SqlFile.read(CheckConservation.class, "rows-of-sealed-hours");

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
   * <p>Rows of sealed event hours are not read: their files may be gone. The manifest says how many
   * they are, and {@code FoldWork} compares that number with the events it folds. Whose they are it
   * does not say. So, with sealed hours, a source may lack rows, but none may have too many, and
   * what all lack together must be exactly the rows of sealed hours.
   *
   * @param archived rows by source; every event hour of these commits that is not sealed must have
   *     been read
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
    return compare(counted, archived, rowsOfSealedHours(connection, after, through));
  }

  private static List<Check> compare(
      Map<String, Long> counted, Map<String, Long> archived, long sealed) {
    TreeMap<String, Long> sources = new TreeMap<>(archived);
    counted.keySet().forEach(source -> sources.putIfAbsent(source, 0L));
    long lacking =
        sources.entrySet().stream()
            .mapToLong(source -> counted.getOrDefault(source.getKey(), 0L) - source.getValue())
            .sum();
    List<Check> checks = new ArrayList<>();
    sources.forEach(
        (source, rows) -> {
          long expected = counted.getOrDefault(source, 0L);
          boolean agrees = expected == rows || (expected > rows && lacking == sealed);
          checks.add(
              agrees
                  ? Check.agreed(CheckName.CONSERVATION, null, source, expected)
                  : Check.differs(
                      CheckName.CONSERVATION,
                      null,
                      source,
                      expected,
                      "counted "
                          + expected
                          + " events, archived "
                          + rows
                          + (sealed == 0
                              ? ""
                              : "; all sources together lack "
                                  + lacking
                                  + ", sealed hours have "
                                  + sealed)));
        });
    return checks;
  }

  private static long rowsOfSealedHours(Connection connection, long after, long through)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(SEALED)) {
      statement.setLong(1, after);
      statement.setLong(2, through);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }
}
