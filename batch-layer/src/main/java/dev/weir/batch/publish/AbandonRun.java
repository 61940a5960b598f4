package dev.weir.batch.publish;

import dev.weir.batch.db.SqlFile;
import dev.weir.batch.store.ArchiveStore;
import dev.weir.batch.wording.Counted;
import java.net.URI;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * Ends runs that did not come to their end, and removes the rows and files they did not publish.
 */
public final class AbandonRun {
  private static final String PUBLISHED = SqlFile.read(AbandonRun.class, "published-hours");

  private final Connection connection;
  private final DiscardVersion discard;
  private final ArchiveStore store;

  public AbandonRun(Connection connection, URI archive) {
    this.connection = connection;
    this.discard = new DiscardVersion(connection);
    this.store = ArchiveStore.of(archive);
  }

  /** Ends a run that died without a word. Needs the lock: else it may be alive. */
  public void interrupted(long version) throws SQLException {
    discard.discard(version);
    end(FinishRun.State.FAILED, version, "the run was interrupted");
  }

  /** Ends a run whose place another one took: the fence keeps it from writing any more. */
  public void replaced(long version, long by) throws SQLException {
    discard.discard(version);
    end(FinishRun.State.REPLACED, version, "run " + by + " took its place");
  }

  /**
   * Ends a run that fails right now, as far as that is possible: what cannot be removed is found by
   * the next run, because this one is then still recorded as running.
   *
   * @param failure why it fails; what goes wrong here is added to it
   */
  public void failed(long version, Exception failure) {
    try {
      if (!connection.isClosed()) {
        connection.setAutoCommit(true);
        discard.discard(version);
        end(FinishRun.State.FAILED, version, String.valueOf(failure.getMessage()));
        DeleteFiles.delete(connection, store);
      }
    } catch (SQLException e) {
      failure.addSuppressed(e);
    }
  }

  /** Only a repair publishes before it ends. */
  private void end(FinishRun.State state, long version, String message) throws SQLException {
    int hours = 0;
    try (PreparedStatement statement = connection.prepareStatement(PUBLISHED)) {
      statement.setLong(1, version);
      try (ResultSet row = statement.executeQuery()) {
        row.next();
        hours = row.getInt(1);
      }
    }
    String stays = "; what it had published before, " + Counted.of(hours, "event hour") + ", stays";
    new FinishRun(state, hours, 0, 0, hours == 0 ? message : message + stays)
        .record(connection, version);
  }
}
