package dev.weir.batch;

import dev.weir.batch.db.RunRefusedException;
import dev.weir.batch.publish.DeleteFiles;
import dev.weir.batch.publish.RegisteredRun;
import dev.weir.batch.rollback.RollBackHours;
import dev.weir.batch.rollback.RolledBack;
import dev.weir.batch.select.Declaration;
import dev.weir.batch.select.DeclaredCubes;
import dev.weir.batch.select.NotMigratedException;
import dev.weir.batch.store.ArchiveStore;
import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;

/** The command that serves earlier versions again. */
final class RollbackPipeline {
  private final BatchLayerOptions options;
  private final Declaration declaration;
  private final URI archive;
  private final Progress progress;

  /**
   * @param archive root of the archive
   */
  RollbackPipeline(
      BatchLayerOptions options, Declaration declaration, URI archive, Progress progress) {
    this.options = options;
    this.declaration = declaration;
    this.archive = archive;
    this.progress = progress;
  }

  /**
   * Rolls back what the options say: it has succeeded if no event hour was refused.
   *
   * @throws RunRefusedException if another run is at work
   * @throws NotMigratedException if the database does not know the declaration
   */
  Answer run() throws SQLException, IOException, RunRefusedException, NotMigratedException {
    return new ExclusiveRun(options, archive, progress).of(this::rollBack);
  }

  private Answer rollBack(Connection connection, RegisteredRun run)
      throws SQLException, RunRefusedException, NotMigratedException {
    progress.step("rolling back");
    DeclaredCubes cubes = DeclaredCubes.lookUp(declaration.pipeline(), connection);
    RolledBack result = new RollBackHours(connection, run, cubes).rollBack(options.range());
    StringBuilder text = new StringBuilder(result.text());
    DeleteFiles.afterwards(connection, ArchiveStore.of(archive))
        .forEach(warning -> text.append('(').append(warning).append(")\n"));
    return new Answer(text.toString(), result.refusals().isEmpty());
  }
}
