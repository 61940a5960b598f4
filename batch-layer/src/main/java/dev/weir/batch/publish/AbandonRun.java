package dev.weir.batch.publish;

import dev.weir.batch.store.ArchiveStore;
import dev.weir.pipeline.Pipeline;
import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;

/** Ends runs that did not publish, and removes their rows and files. */
public final class AbandonRun {
  private final Connection connection;
  private final DiscardVersion discard;

  public AbandonRun(Connection connection, Pipeline pipeline, URI archive) {
    this.connection = connection;
    this.discard = new DiscardVersion(connection, pipeline, ArchiveStore.of(archive));
  }

  /** Ends a run that died without a word. Needs the lock: else it may be alive. */
  public void interrupted(long version) throws SQLException, IOException {
    discard.discard(version);
    FinishRun.failed("the run was interrupted").record(connection, version);
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
      }
    } catch (SQLException | IOException e) {
      failure.addSuppressed(e);
    }
  }
}
