package dev.weir.batch.audit;

import dev.weir.batch.audit.LedgerDamage.Kind;
import dev.weir.batch.db.SqlFile;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Checks ledger and manifest: each commit against the journal, the chain of parents, the head. */
final class CheckLedger {
  private static final String CHAIN = SqlFile.read(CheckLedger.class, "broken-chain");
  private static final String HEAD = SqlFile.read(CheckLedger.class, "head-and-last-commit");
  private static final String UNKNOWN = SqlFile.read(CheckLedger.class, "files-of-unknown-commits");

  private CheckLedger() {}

  static List<LedgerDamage> find(Connection connection) throws SQLException {
    List<LedgerDamage> damages =
        new ArrayList<>(CompareWithJournal.of(connection, Long.MIN_VALUE, Long.MAX_VALUE));
    each(
        connection,
        CHAIN,
        row ->
            damages.add(
                new LedgerDamage(
                    Kind.BROKEN_CHAIN,
                    row.getLong(1),
                    null,
                    "its parent is "
                        + row.getString(2)
                        + ", the commit before it is "
                        + row.getString(3)
                        + ": a commit between them is missing from ledger and journal")));
    each(
        connection,
        UNKNOWN,
        row ->
            damages.add(
                new LedgerDamage(
                    Kind.UNKNOWN_COMMIT,
                    row.getLong(1),
                    null,
                    row.getString(2)
                        + " is listed by this commit, which neither ledger nor journal know")));
    each(connection, HEAD, row -> addHead(damages, row));
    return damages;
  }

  private static void addHead(List<LedgerDamage> damages, ResultSet row) throws SQLException {
    long head = row.getLong(1);
    long last = row.getLong(4);
    if (head != last || !row.getString(2).equals(row.getString(5)) || row.getLong(3) < last) {
      damages.add(
          new LedgerDamage(
              Kind.HEAD,
              head,
              null,
              "is commit %d, %s, and numbers are given up to %d; the last commit is %d, %s"
                  .formatted(head, row.getString(2), row.getLong(3), last, row.getString(5))));
    }
  }

  private static void each(Connection connection, String query, RowReader reader)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        reader.read(row);
      }
    }
  }

  private interface RowReader {
    void read(ResultSet row) throws SQLException;
  }
}
