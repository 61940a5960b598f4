package dev.weir.batch.publish;

import dev.weir.batch.store.ArchiveStore;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;

/** Ends runs that did not publish, and removes their rows and files. */
public final class AbandonRun {
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
    FinishRun.failed("the run was interrupted").record(connection, version);
  }

  /** Ends a run whose place another one took: the fence keeps it from writing any more. */
  public void replaced(long version, long by) throws SQLException {
    discard.discard(version);
    FinishRun.replacedBy(by).record(connection, version);
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
        FinishRun.failed(String.valueOf(failure.getMessage())).record(connection, version);
        DeleteFiles.delete(connection, store);
      }
    } catch (SQLException e) {
      failure.addSuppressed(e);
    }
  }
}
