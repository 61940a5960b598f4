package dev.weir.batch;

import dev.weir.batch.publish.AbandonRun;
import dev.weir.batch.publish.RegisteredRun;
import dev.weir.batch.publish.RunRefusedException;
import dev.weir.batch.select.Declaration;
import dev.weir.batch.select.NotMigratedException;
import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;

/**
 * Does a piece of work as the one run of the batch layer: under its lock and fence, after what
 * interrupted runs left was removed. What fails is recorded, and its rows and files are removed.
 */
final class ExclusiveRun {
  private final BatchLayerOptions options;
  private final Declaration declaration;
  private final URI archive;
  private final Progress progress;

  /**
   * @param archive root of the archive
   */
  ExclusiveRun(BatchLayerOptions options, Declaration declaration, URI archive, Progress progress) {
    this.options = options;
    this.declaration = declaration;
    this.archive = archive;
    this.progress = progress;
  }

  /**
   * Registers, does the work and gives the lock back.
   *
   * @throws RunRefusedException if another run is at work, or something moved during this one
   * @throws NotMigratedException if the database does not know the declaration
   */
  <T> T of(Work<T> work)
      throws SQLException, IOException, RunRefusedException, NotMigratedException {
    try (Connection connection = options.database().connect()) {
      RegisteredRun run = RegisteredRun.register(connection, options.command(), options.through());
      AbandonRun abandoned = new AbandonRun(connection, declaration.pipeline(), archive);
      try {
        for (long interrupted : run.interrupted()) {
          progress.step("removing what the interrupted run " + interrupted + " left");
          abandoned.interrupted(interrupted);
        }
        return work.run(connection, run);
      } catch (Exception e) {
        // All of them: Spark's own are checked ones that no Java signature declares.
        abandoned.failed(run.version(), e);
        throw e;
      } finally {
        RegisteredRun.release(connection);
      }
    }
  }

  /** What a run does. */
  interface Work<T> {
    /**
     * Does the work.
     *
     * @param connection holds the lock; in auto-commit mode
     */
    T run(Connection connection, RegisteredRun run)
        throws SQLException, IOException, RunRefusedException, NotMigratedException;
  }
}
