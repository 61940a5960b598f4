package dev.weir.batch.repair;

import dev.weir.archive.ArchiveKind;
import dev.weir.batch.audit.AuditReport;
import dev.weir.batch.audit.CompactionDamage;
import dev.weir.batch.audit.FileDamage;
import dev.weir.batch.audit.RowDamage;
import dev.weir.batch.db.SqlFile;
import dev.weir.batch.db.UtcTime;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.SortedSet;
import java.util.TreeSet;

/** The event hours that a damage concerns: of a damaged arrivals file all that it holds. */
public final class DamagedHours {
  private static final String OF_FILES = SqlFile.read(DamagedHours.class, "hours-of-files");

  private DamagedHours() {}

  /** Their starts, epoch milliseconds. */
  public static SortedSet<Long> of(Connection connection, AuditReport found) throws SQLException {
    SortedSet<Long> hours = new TreeSet<>();
    found.of(RowDamage.class).forEach(damage -> hours.add(damage.hourMillis()));
    found.of(CompactionDamage.class).forEach(damage -> hours.add(damage.hourMillis()));
    found.of(FileDamage.class).stream()
        .filter(damage -> damage.hourMillis() != null)
        .forEach(damage -> hours.add(damage.hourMillis()));
    Object[] files =
        found.of(FileDamage.class).stream()
            .filter(damage -> damage.kind() == ArchiveKind.ARRIVALS)
            .map(FileDamage::file)
            .distinct()
            .toArray();
    try (PreparedStatement statement = connection.prepareStatement(OF_FILES)) {
      statement.setArray(1, connection.createArrayOf("bigint", files));
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          hours.add(UtcTime.millis(row, 1));
        }
      }
    }
    return hours;
  }
}
