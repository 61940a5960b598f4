package dev.weir.batch.repair;

import dev.weir.batch.audit.AuditReport;
import dev.weir.batch.audit.CompactionDamage;
import dev.weir.batch.audit.CoverageDamage;
import dev.weir.batch.audit.LedgerDamage;
import dev.weir.batch.db.RunRefusedException;
import dev.weir.batch.db.SqlFile;
import dev.weir.batch.store.ArchiveStore;
import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;

/** Restores what was noted, all that is not rows and files: log, manifest, coverage. */
public final class RestoreNotes {
  private final Connection connection;
  private final long version;
  private final URI archive;

  /**
   * @param version of the run, which must hold the fence
   */
  public RestoreNotes(Connection connection, long version, URI archive) {
    this.connection = connection;
    this.version = version;
    this.archive = archive;
  }

  /** Restores, and says what it did. */
  public List<String> restore(AuditReport noted)
      throws SQLException, IOException, RunRefusedException {
    List<String> done = new ArrayList<>();
    done.addAll(new RestoreLog(connection, version).restore(noted.of(LedgerDamage.class)));
    done.addAll(new RestoreCoverage(connection, version).restore(noted.of(CoverageDamage.class)));
    done.addAll(
        new RestoreCompactions(connection, version, ArchiveStore.of(archive))
            .restore(noted.of(CompactionDamage.class)));
    return done;
  }

  /** The head of the restored log: up to it the repair absorbs. */
  public long head() throws SQLException {
    try (PreparedStatement statement =
        connection.prepareStatement(SqlFile.read(RestoreNotes.class, "repair-through"))) {
      statement.setLong(1, version);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        return row.getLong(1);
      }
    }
  }
}
