package dev.weir.batch.audit;

import dev.weir.batch.db.SqlFile;
import dev.weir.batch.reconcile.Check;
import dev.weir.batch.reconcile.CheckConservation;
import dev.weir.batch.reconcile.CheckName;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks that what was counted is what was archived, and dead letters by reason are all of them.
 */
final class CheckCounts {
  private static final String DEAD_LETTERS =
      SqlFile.read(CheckCounts.class, "dead-letters-counted");

  private CheckCounts() {}

  /** The comparisons, whether they agree or not. */
  static List<Check> of(Connection connection) throws SQLException {
    List<Check> checks = new ArrayList<>();
    checks.add(CheckConservation.ofCommits(connection, 0, Long.MAX_VALUE));
    try (PreparedStatement statement = connection.prepareStatement(DEAD_LETTERS);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        checks.add(
            Check.differs(
                CheckName.CONSERVATION,
                null,
                row.getString(2),
                row.getLong(3),
                "commit %d has %d dead letters, by reason they are %d"
                    .formatted(row.getLong(1), row.getLong(3), row.getLong(4))));
      }
    }
    return checks;
  }
}
