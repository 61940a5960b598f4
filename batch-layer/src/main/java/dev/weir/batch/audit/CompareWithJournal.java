package dev.weir.batch.audit;

import dev.weir.batch.audit.LedgerDamage.Kind;
import dev.weir.batch.db.SqlFile;
import dev.weir.batch.db.UtcTime;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/** Compares what ledger and manifest say of commits with what the journal noted when they came. */
public final class CompareWithJournal {
  private static final String DIFFERENCES =
      SqlFile.read(CompareWithJournal.class, "journal-differences");
  private static final String HOURS = SqlFile.read(CompareWithJournal.class, "hours-of-commits");

  private CompareWithJournal() {}

  /** Every row that differs, of the commits in (after, through]. */
  public static List<LedgerDamage> of(Connection connection, long after, long through)
      throws SQLException {
    List<LedgerDamage> damages = new ArrayList<>();
    try (PreparedStatement statement = connection.prepareStatement(DIFFERENCES)) {
      statement.setLong(1, after);
      statement.setLong(2, through);
      statement.setLong(3, after);
      statement.setLong(4, through);
      try (ResultSet row = statement.executeQuery()) {
        long without = 0;
        while (row.next()) {
          long commit = row.getLong(1);
          if (!row.getBoolean(2)) {
            Long hour = row.getObject(5) == null ? null : UtcTime.millis(row, 5);
            damages.add(new LedgerDamage(Kind.DIFFERS_FROM_JOURNAL, commit, hour, detail(row)));
          } else if (commit != without) {
            without = commit;
            damages.add(
                new LedgerDamage(
                    Kind.NOT_IN_JOURNAL, commit, null, "the journal has no entry of this commit"));
          }
        }
      }
    }
    return damages;
  }

  /** The event hours that commits touch, by the journal or by the manifest. */
  public static SortedSet<Long> hours(Connection connection, Collection<Long> commits)
      throws SQLException {
    SortedSet<Long> hours = new TreeSet<>();
    try (PreparedStatement statement = connection.prepareStatement(HOURS)) {
      statement.setArray(1, connection.createArrayOf("bigint", commits.toArray()));
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          hours.add(UtcTime.millis(row, 1));
        }
      }
    }
    return hours;
  }

  private static String detail(ResultSet row) throws SQLException {
    String place =
        "weir." + row.getString(3) + (row.getString(4).isEmpty() ? "" : " " + row.getString(4));
    String noted = row.getString(6);
    String found = row.getString(7);
    if (found == null) {
      return "the row of " + place + " is missing; the journal has " + noted;
    }
    return noted == null
        ? "the row of " + place + " is not in the journal: " + found
        : "the row of " + place + " was changed: it is " + found + ", the journal has " + noted;
  }
}
