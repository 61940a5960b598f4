package dev.weir.batch;

import dev.weir.archive.ArchiveFile;
import dev.weir.batch.db.RunRefusedException;
import dev.weir.batch.publish.AnnounceFiles;
import dev.weir.batch.publish.EnsureDays;
import dev.weir.batch.publish.FinishRun;
import dev.weir.batch.publish.Publication;
import dev.weir.batch.publish.PublishVersion;
import dev.weir.batch.publish.RegisteredRun;
import dev.weir.batch.recompute.HourOutcome;
import dev.weir.batch.reconcile.Check;
import dev.weir.batch.select.Declaration;
import dev.weir.batch.select.DeclaredCubes;
import dev.weir.batch.select.HourPlan;
import dev.weir.batch.select.PlanHours;
import dev.weir.batch.select.PlannedHours;
import dev.weir.batch.select.RunPlan;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;

/** Recomputes, or folds, exactly the event hours it is given, and publishes those that pass. */
final class RepublishHours {
  private final BatchLayerOptions options;
  private final Declaration declaration;
  private final URI archive;
  private final Connection connection;
  private final RegisteredRun run;
  private final Recomputation recomputation;
  private final List<Check> checks = new ArrayList<>();
  private final Set<Long> notPublished = new TreeSet<>();
  private int published;
  private long rows;
  private long duplicates;

  RepublishHours(
      BatchLayerOptions options,
      Declaration declaration,
      URI archive,
      Connection connection,
      RegisteredRun run,
      Recomputation recomputation) {
    this.options = options;
    this.declaration = declaration;
    this.archive = archive;
    this.connection = connection;
    this.run = run;
    this.recomputation = recomputation;
  }

  /**
   * Does it.
   *
   * @param hours each with the commit of its newest arrivals
   * @param through last commit to absorb
   * @param archiveWins whether an hour is published although its speed rows differ
   */
  void publish(DeclaredCubes cubes, SortedMap<Long, Long> hours, long through, boolean archiveWins)
      throws SQLException, RunRefusedException {
    PlannedHours planned =
        new PlanHours(connection, cubes, through, through, false, options.bucketRows())
            .plan(hours, true);
    if (planned.hours().isEmpty()) {
      return;
    }
    RunPlan plan =
        new RunPlan(
            declaration,
            archive,
            options.database(),
            run.version(),
            through,
            through,
            archiveWins,
            planned.files(),
            planned.hours());
    EnsureDays.ensure(connection, declaration.pipeline(), planned.hours());
    AnnounceFiles.announce(connection, run.version(), planned.hours());
    publish(plan, recomputation.of(plan));
  }

  private void publish(RunPlan plan, List<HourOutcome> outcomes)
      throws SQLException, RunRefusedException {
    List<HourPlan> passed = new ArrayList<>();
    List<ArchiveFile> files = new ArrayList<>();
    for (HourOutcome outcome : outcomes) {
      HourPlan hour = plan.hours().get(outcome.hour());
      checks.addAll(outcome.checks());
      rows += outcome.rows();
      duplicates += outcome.duplicates();
      if (outcome.passed()) {
        passed.add(hour);
        files.addAll(outcome.compacted());
      } else {
        notPublished.add(hour.hourMillis());
      }
    }
    published += passed.size();
    if (!passed.isEmpty()) {
      new PublishVersion(connection, new Publication(plan, passed, files)).publish();
    }
  }

  /** How the run is recorded at its end. */
  FinishRun finished(String message) {
    return new FinishRun(
        published > 0 ? FinishRun.State.PUBLISHED : FinishRun.State.VERIFIED,
        published,
        rows,
        duplicates,
        message);
  }

  /** What was compared on the way. */
  List<Check> checks() {
    return checks;
  }

  /** Hours that did not pass. */
  Set<Long> notPublished() {
    return notPublished;
  }
}
