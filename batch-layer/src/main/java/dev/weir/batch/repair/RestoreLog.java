package dev.weir.batch.repair;

import dev.weir.batch.audit.LedgerDamage;
import dev.weir.batch.audit.LedgerDamage.Kind;
import dev.weir.batch.db.RunFence;
import dev.weir.batch.db.RunRefusedException;
import dev.weir.batch.db.Transaction;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Makes ledger and manifest exactly what the journal says of the damaged commits, in one
 * transaction: rows that are missing come back, changed ones are set right, added ones go. Rows
 * that agree are not written. Samples of dead letters, which the journal does not have, stay lost;
 * the archive holds all dead letters.
 */
final class RestoreLog {
  private static final List<String> TABLES =
      List.of("ledger-source", "ledger-offset", "dead-letter-count");

  private final Connection connection;
  private final long version;

  /**
   * @param version of the run, which must hold the fence
   */
  RestoreLog(Connection connection, long version) {
    this.connection = connection;
    this.version = version;
  }

  /** Restores, and says what it did. */
  List<String> restore(List<LedgerDamage> damages) throws SQLException, RunRefusedException {
    if (damages.isEmpty()) {
      return List.of();
    }
    List<String> done = new ArrayList<>();
    Transaction.<RunRefusedException>run(
        connection,
        () -> {
          Transaction.limitIdleness(connection);
          RunFence.hold(connection, version);
          lockHead();
          for (long commit : commits(damages, Kind.UNKNOWN_COMMIT)) {
            Statements.execute(connection, "remove-unknown-files", commit);
            done.add("the files of the unknown commit " + commit + " are no longer listed");
          }
          for (long commit : commits(damages, Kind.NOT_IN_JOURNAL)) {
            done.add(withoutEntry(commit));
          }
          for (long commit : commits(damages, Kind.DIFFERS_FROM_JOURNAL)) {
            fromJournal(commit);
            done.add("commit " + commit + " was restored from the journal");
          }
          if (Statements.execute(connection, "restore-head") > 0) {
            done.add("the head is the last commit of the ledger again");
          }
        });
    return done;
  }

  private String withoutEntry(long commit) throws SQLException {
    if (Statements.execute(connection, "remove-added-commit", commit) > 0) {
      Statements.execute(connection, "remove-unknown-files", commit);
      return "the ledger row of commit " + commit + ", which is not of the log, was removed";
    }
    Statements.execute(connection, "restore-journal", commit);
    return "the journal entry of commit " + commit + " was written again from the ledger";
  }

  private void fromJournal(long commit) throws SQLException {
    Statements.execute(connection, "restore-ledger", commit);
    for (String table : TABLES) {
      Statements.execute(connection, "remove-" + table, commit);
      Statements.execute(connection, "restore-" + table, commit);
    }
    Statements.execute(connection, "remove-archive-file", commit);
    Statements.execute(connection, "restore-archive-file", commit);
    Statements.execute(connection, "remove-archive-manifest", commit);
    Statements.execute(connection, "restore-archive-manifest", commit);
  }

  /** No commit may come while the log is being restored. */
  private void lockHead() throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SELECT FROM weir.head FOR UPDATE");
    }
  }

  private static SortedSet<Long> commits(List<LedgerDamage> damages, Kind kind) {
    SortedSet<Long> commits = new TreeSet<>();
    damages.stream()
        .filter(damage -> damage.kind() == kind)
        .forEach(damage -> commits.add(damage.commit()));
    return commits;
  }
}
