package dev.weir.batch.publish;

import dev.weir.batch.db.SqlFile;
import dev.weir.batch.db.Transaction;
import dev.weir.batch.db.UtcTime;
import dev.weir.batch.reconcile.Check;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Types;
import java.util.List;

/**
 * Keeps a run's comparisons in {@code weir.reconciliation}, also those of a run that then fails.
 */
public final class RecordChecks {
  private static final String RECORD = SqlFile.read(RecordChecks.class, "record-check");

  private RecordChecks() {}

  /** Records all, in one transaction. */
  public static void record(Connection connection, long version, List<Check> checks)
      throws SQLException {
    Transaction.<SQLException>run(connection, () -> insert(connection, version, checks));
  }

  private static void insert(Connection connection, long version, List<Check> checks)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(RECORD)) {
      for (Check check : checks) {
        statement.setLong(1, version);
        if (check.hourMillis() == null) {
          statement.setNull(2, Types.TIMESTAMP_WITH_TIMEZONE);
        } else {
          statement.setObject(2, UtcTime.ofMillis(check.hourMillis()));
        }
        statement.setString(3, check.name().stored());
        statement.setString(4, check.subject());
        statement.setBoolean(5, check.agrees());
        statement.setLong(6, check.compared());
        statement.setString(7, check.detail());
        statement.addBatch();
      }
      statement.executeBatch();
    }
  }
}
