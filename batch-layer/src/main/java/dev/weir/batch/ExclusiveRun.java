package dev.weir.batch;

import dev.weir.batch.db.RunFence;
import dev.weir.batch.db.RunRefusedException;
import dev.weir.batch.publish.AbandonRun;
import dev.weir.batch.publish.NamedRange;
import dev.weir.batch.publish.RegisteredRun;
import dev.weir.batch.select.NotMigratedException;
import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Optional;

/**
 * Does a piece of work as the one run of the batch layer: under its lock and fence, after what
 * interrupted runs left was removed. What fails is recorded, and its rows and files are removed.
 */
final class ExclusiveRun {
  private final BatchLayerOptions options;
  private final URI archive;
  private final Progress progress;

  /**
   * @param archive root of the archive
   */
  ExclusiveRun(BatchLayerOptions options, URI archive, Progress progress) {
    this.options = options;
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
      RegisteredRun run =
          RegisteredRun.register(
              connection, options.command(), options.through(), options.replace());
      AbandonRun abandoned = new AbandonRun(connection, archive);
      try {
        NamedRange.note(connection, run.version(), options.range());
        for (long interrupted : run.interrupted()) {
          progress.step("removing what the interrupted run " + interrupted + " left");
          abandoned.interrupted(interrupted);
        }
        if (run.replaced().isPresent()) {
          long replaced = run.replaced().getAsLong();
          progress.step("removing what the replaced run " + replaced + " left");
          abandoned.replaced(replaced, run.version());
        }
        return work.run(connection, run);
      } catch (Exception e) {
        // All of them: Spark's own are checked ones that no Java signature declares.
        Optional<String> replaced = whoTookOver(run.version(), e);
        if (replaced.isPresent()) {
          // The run that took over removes what this one wrote.
          throw new RunRefusedException(replaced.get(), e);
        }
        abandoned.failed(run.version(), e);
        throw e;
      } finally {
        RegisteredRun.release(connection);
      }
    }
  }

  /** Asked on a new connection: that of a replaced run was ended. */
  private Optional<String> whoTookOver(long version, Exception failure) {
    try (Connection connection = options.database().connect()) {
      return RunFence.lostBy(connection, version);
    } catch (SQLException e) {
      failure.addSuppressed(e);
      return Optional.empty();
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
