package dev.weir.batch;

import dev.weir.batch.db.RunRefusedException;
import dev.weir.batch.publish.AnnounceFiles;
import dev.weir.batch.publish.DeleteFiles;
import dev.weir.batch.publish.EnsureDays;
import dev.weir.batch.publish.FinishRun;
import dev.weir.batch.publish.Publication;
import dev.weir.batch.publish.RecordChecks;
import dev.weir.batch.publish.RegisteredRun;
import dev.weir.batch.recompute.HourOutcome;
import dev.weir.batch.reconcile.Check;
import dev.weir.batch.rewind.JobLease;
import dev.weir.batch.rewind.RemoveCommits;
import dev.weir.batch.rewind.RewindPlan;
import dev.weir.batch.rewind.RewindTarget;
import dev.weir.batch.rewind.ServedDefinitions;
import dev.weir.batch.select.Declaration;
import dev.weir.batch.select.DeclaredCubes;
import dev.weir.batch.select.HourPlan;
import dev.weir.batch.select.NotMigratedException;
import dev.weir.batch.select.PlannedHours;
import dev.weir.batch.select.RunPlan;
import dev.weir.batch.store.ArchiveStore;
import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * Removes the commits after one from the log.
 *
 * <pre>
 * register -> no job alive? -> plan: retained versions, hours to recompute through the target
 *   -> Recomputation (nobody sees it yet)
 *   -> remove commits, one transaction -> delete files
 * </pre>
 *
 * It does all or nothing: whatever fails before the transaction ends leaves the log and what is
 * served as they were, and what fails after it is only a file not yet deleted.
 */
final class RewindPipeline {
  private final BatchLayerOptions options;
  private final Declaration declaration;
  private final URI archive;
  private final Supplier<JavaSparkContext> spark;
  private final Progress progress;
  private final Duration lease;

  /**
   * @param archive root of the archive
   * @param spark asked for only when an hour must be recomputed; not closed here
   * @param lease a job not seen for so long is gone
   */
  RewindPipeline(
      BatchLayerOptions options,
      Declaration declaration,
      URI archive,
      Supplier<JavaSparkContext> spark,
      Progress progress,
      Duration lease) {
    this.options = options;
    this.declaration = declaration;
    this.archive = archive;
    this.spark = spark;
    this.progress = progress;
    this.lease = lease;
  }

  /**
   * Rewinds.
   *
   * @throws RunRefusedException if it cannot be done; nothing was changed then
   * @throws NotMigratedException if the database serves another declaration
   */
  Answer run() throws SQLException, IOException, RunRefusedException, NotMigratedException {
    return new ExclusiveRun(options, archive, progress).of(this::rewind);
  }

  private Answer rewind(Connection connection, RegisteredRun run)
      throws SQLException, IOException, RunRefusedException, NotMigratedException {
    RewindTarget target = RewindTarget.find(connection, options.commit().orElseThrow());
    if (target.isHead()) {
      FinishRun.nothingChanged().record(connection, run.version());
      String warnings = deleteFiles(connection);
      return new Answer("Nothing to remove: " + name(target) + " is the head.\n" + warnings, true);
    }
    JobLease jobs = new JobLease(connection, lease);
    jobs.awaitGone(progress::step);
    progress.step("selecting event hours");
    DeclaredCubes cubes = DeclaredCubes.lookUp(declaration.pipeline(), connection);
    ServedDefinitions.require(connection, cubes);
    RewindPlan rewind = RewindPlan.of(connection, target);
    PlannedHours hours = rewind.recomputation(connection, cubes, options.bucketRows());
    RunPlan plan = plan(run, target, hours);
    List<HourOutcome> outcomes = recompute(connection, plan);
    progress.step("removing commits");
    Publication publication =
        new Publication(
            plan,
            plan.hours(),
            outcomes.stream().flatMap(outcome -> outcome.compacted().stream()).toList());
    long removed =
        new RemoveCommits(connection, target, jobs).remove(publication, finished(target, outcomes));
    progress.step("deleting files");
    return new Answer(
        text(target, rewind, outcomes.size(), removed) + deleteFiles(connection), true);
  }

  private RunPlan plan(RegisteredRun run, RewindTarget target, PlannedHours hours) {
    return new RunPlan(
        declaration,
        archive,
        options.database(),
        run.version(),
        target.commit(),
        target.commit(),
        false,
        hours.files(),
        hours.hours());
  }

  private List<HourOutcome> recompute(Connection connection, RunPlan plan)
      throws SQLException, RunRefusedException {
    EnsureDays.ensure(connection, declaration.pipeline(), plan.hours());
    AnnounceFiles.announce(connection, plan.version(), plan.hours());
    List<HourOutcome> outcomes = new Recomputation(spark, options.bucketRows(), progress).of(plan);
    RecordChecks.record(
        connection,
        plan.version(),
        outcomes.stream().flatMap(outcome -> outcome.checks().stream()).toList());
    for (HourOutcome outcome : outcomes) {
      if (!outcome.passed()) {
        HourPlan hour = plan.hours().get(outcome.hour());
        Check check = outcome.checks().stream().filter(c -> !c.agrees()).findFirst().orElseThrow();
        throw new RunRefusedException(
            "cannot rewind to commit "
                + plan.through()
                + ": event hour "
                + hour.hour()
                + " cannot be recomputed from the archive: "
                + check.subject()
                + " "
                + check.detail()
                + ". Nothing was changed; run weir repair, then rewind");
      }
    }
    return outcomes;
  }

  private static FinishRun finished(RewindTarget target, List<HourOutcome> outcomes) {
    return new FinishRun(
        FinishRun.State.PUBLISHED,
        outcomes.size(),
        outcomes.stream().mapToLong(HourOutcome::rows).sum(),
        outcomes.stream().mapToLong(HourOutcome::duplicates).sum(),
        "rewound from commit " + target.head() + " to " + name(target));
  }

  private String deleteFiles(Connection connection) {
    StringBuilder warnings = new StringBuilder();
    for (String warning : DeleteFiles.afterwards(connection, ArchiveStore.of(archive))) {
      warnings.append("(").append(warning).append(")\n");
    }
    return warnings.toString();
  }

  private static String text(RewindTarget target, RewindPlan rewind, int recomputed, long removed) {
    StringBuilder text = new StringBuilder();
    text.append("Rewound to ").append(name(target)).append(": ");
    text.append(removed == 1 ? "1 commit was" : removed + " commits were");
    text.append(" removed, the last of them ").append(target.head()).append(".\n");
    text.append("Event hours served by an earlier version again: ").append(rewind.retained());
    text.append("; recomputed: ").append(recomputed).append(".\n");
    for (String retired : rewind.retiredThatStartAnew()) {
      text.append("Cube ").append(retired).append(", which is not declared any more, would be");
      text.append(" computed anew if it were declared again.\n");
    }
    if (rewind.sealed() > 0) {
      text.append("Sealed among them: ")
          .append(rewind.sealed())
          .append("; duplicates that a later");
      text.append(" version had dropped are counted again there, for good.\n");
    }
    if (target.commit() == 0) {
      text.append("A speed layer that is started without state reads everything anew.\n");
    } else {
      text.append("The speed layer can go on from checkpoint or savepoint ");
      text.append(target.checkpoint()).append(" of job ").append(target.jobId());
      text.append("; if that is gone, without state and with --take-over.\n");
    }
    return text.toString();
  }

  private static String name(RewindTarget target) {
    return target.commit() == 0 ? "the empty log" : "commit " + target.commit();
  }
}
