package dev.weir.batch;

import dev.weir.batch.audit.ArchiveAwayException;
import dev.weir.batch.audit.Audit;
import dev.weir.batch.audit.AuditReport;
import dev.weir.batch.db.RunRefusedException;
import dev.weir.batch.publish.FinishRun;
import dev.weir.batch.publish.RecordChecks;
import dev.weir.batch.publish.RegisteredRun;
import dev.weir.batch.select.Declaration;
import dev.weir.batch.select.DeclaredCubes;
import dev.weir.batch.select.HourRange;
import dev.weir.batch.select.NotMigratedException;
import dev.weir.batch.store.ArchiveStore;
import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaSparkContext;

/** {@code verify}: one audit, kept in {@code weir.reconciliation}. Changes nothing else. */
final class VerifyPipeline {
  private final BatchLayerOptions options;
  private final Declaration declaration;
  private final URI archive;
  private final Supplier<JavaSparkContext> spark;
  private final Progress progress;
  private final Clock clock;

  VerifyPipeline(
      BatchLayerOptions options,
      Declaration declaration,
      URI archive,
      Supplier<JavaSparkContext> spark,
      Progress progress,
      Clock clock) {
    this.options = options;
    this.declaration = declaration;
    this.archive = archive;
    this.spark = spark;
    this.progress = progress;
    this.clock = clock;
  }

  /**
   * Verifies.
   *
   * @throws RunRefusedException if another run is at work
   * @throws NotMigratedException if the database does not know the declaration
   */
  Answer run() throws SQLException, IOException, RunRefusedException, NotMigratedException {
    return new ExclusiveRun(options, archive, progress).of(this::verify);
  }

  private Answer verify(Connection connection, RegisteredRun run)
      throws SQLException, IOException, RunRefusedException, NotMigratedException {
    requireReachable(archive, run.head());
    AuditReport report =
        everything(
            audit(connection, DeclaredCubes.lookUp(declaration.pipeline(), connection)),
            options.range().orElse(HourRange.ALL));
    RecordChecks.record(connection, run.version(), report.checks());
    String found = AuditText.damages(report.damages());
    new FinishRun(FinishRun.State.VERIFIED, 0, 0, 0, report.clean() ? null : found + " found")
        .record(connection, run.version());
    return new Answer(
        AuditText.agreed(report)
            + AuditText.findings(report)
            + (report.clean()
                ? "Nothing of the layers is damaged.\n"
                : found + ": run 'weir repair'.\n"),
        report.clean());
  }

  /** The audit of this command; also that of a repair. */
  Audit audit(Connection connection, DeclaredCubes cubes) {
    return new Audit(connection, declaration, cubes, archive, spark, clock, progress::step);
  }

  /**
   * The audit before anything is changed.
   *
   * @throws RunRefusedException if the archive was away meanwhile
   */
  static AuditReport everything(Audit audit, HourRange range)
      throws SQLException, IOException, RunRefusedException {
    try {
      return audit.everything(range);
    } catch (ArchiveAwayException e) {
      throw new RunRefusedException(e.getMessage() + "; no event hour was changed", e);
    }
  }

  /**
   * Refuses to take an archive that is not there for one whose every file was deleted.
   *
   * @param head of the log; without commits there need be no archive
   */
  static void requireReachable(URI archive, long head) throws IOException, RunRefusedException {
    if (head > 0 && !ArchiveStore.of(archive).reachable()) {
      throw new RunRefusedException(
          "the archive "
              + archive
              + " does not exist or is empty, but there are commits: mount it, or name the right"
              + " one with --archive; nothing was changed");
    }
  }
}
