package dev.weir.batch;

import dev.weir.batch.audit.HeldBack;
import dev.weir.batch.db.RunRefusedException;
import dev.weir.batch.publish.AnnounceFiles;
import dev.weir.batch.publish.DeleteFiles;
import dev.weir.batch.publish.EnsureDays;
import dev.weir.batch.publish.FinishRun;
import dev.weir.batch.publish.PublishHours;
import dev.weir.batch.publish.PublishVersion;
import dev.weir.batch.publish.RecordChecks;
import dev.weir.batch.publish.RegisteredRun;
import dev.weir.batch.recompute.HourOutcome;
import dev.weir.batch.reconcile.Check;
import dev.weir.batch.reconcile.CheckConservation;
import dev.weir.batch.reconcile.CheckName;
import dev.weir.batch.retention.ExpireArchive;
import dev.weir.batch.select.Declaration;
import dev.weir.batch.select.DeclaredCubes;
import dev.weir.batch.select.HourRange;
import dev.weir.batch.select.NotMigratedException;
import dev.weir.batch.select.PlanHours;
import dev.weir.batch.select.PlannedHours;
import dev.weir.batch.select.RunPlan;
import dev.weir.batch.select.SealedGap;
import dev.weir.batch.select.SelectHours;
import dev.weir.batch.store.ArchiveStore;
import dev.weir.batch.wording.Counted;
import dev.weir.pipeline.Pipeline;
import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * One run of the batch layer.
 *
 * <pre>
 * register -> select changed hours -> plan files and buckets
 *   -> Recomputation
 *   -> check conservation -> publish version -> delete what is superseded -> apply retention
 * </pre>
 *
 * A run that fails leaves the served version as it was and can simply be run again.
 */
public final class BatchPipeline {
  private static final String GAP =
      "has the events of later commits only: the cube was declared when the archived events of this"
          + " sealed hour were gone";

  private final BatchLayerOptions options;
  private final Declaration declaration;
  private final Pipeline pipeline;
  private final URI archive;
  private final Supplier<JavaSparkContext> spark;
  private final Progress progress;
  private final Clock clock;

  /**
   * @param archive root of the archive
   * @param spark asked for only when there is something to recompute; not closed here
   */
  public BatchPipeline(
      BatchLayerOptions options,
      Declaration declaration,
      URI archive,
      Supplier<JavaSparkContext> spark,
      Progress progress,
      Clock clock) {
    this.options = options;
    this.declaration = declaration;
    this.pipeline = declaration.pipeline();
    this.archive = archive;
    this.spark = spark;
    this.progress = progress;
    this.clock = clock;
  }

  /**
   * Does the run.
   *
   * @throws RunRefusedException if another run is at work, or something moved during this one
   * @throws NotMigratedException if the database does not know the declaration
   */
  public RunSummary run()
      throws SQLException, IOException, RunRefusedException, NotMigratedException {
    Instant started = clock.instant();
    return new ExclusiveRun(options, archive, progress)
        .of((connection, run) -> run(connection, run, started));
  }

  private RunSummary run(Connection connection, RegisteredRun run, Instant started)
      throws SQLException, IOException, RunRefusedException, NotMigratedException {
    progress.step("selecting event hours");
    DeclaredCubes cubes = DeclaredCubes.lookUp(pipeline, connection);
    HeldBack held = heldBack(connection, run, cubes);
    PlannedHours planned = plan(connection, run, cubes, held);
    if (planned.hours().isEmpty()) {
      return nothingChanged(connection, run, cubes, planned, held, started);
    }
    boolean full = options.range().isEmpty() && held.isEmpty();
    RunPlan plan =
        new RunPlan(
            declaration,
            archive,
            options.database(),
            run.version(),
            run.through(),
            run.lastPublished(),
            options.acceptDifferences(),
            planned.files(),
            planned.hours());
    EnsureDays.ensure(connection, pipeline, planned.hours());
    AnnounceFiles.announce(connection, run.version(), planned.hours());
    progress.step("starting Spark");
    List<HourOutcome> outcomes = new Recomputation(spark, options.bucketRows(), progress).of(plan);
    progress.step("checking conservation");
    List<Check> conservation = new ArrayList<>(held.checks());
    conservation.addAll(conservation(connection, run, cubes, outcomes, full));
    List<Check> checks = new ArrayList<>(conservation);
    checks.addAll(gaps(planned));
    outcomes.forEach(outcome -> checks.addAll(outcome.checks()));
    RecordChecks.record(connection, run.version(), checks);
    progress.step("publishing");
    List<String> warnings =
        new ArrayList<>(
            new PublishHours(connection, plan)
                .publish(outcomes, full || everyHour(), held.hours().size()));
    warnings.addAll(tidyUp(connection, run, cubes, planned, held));
    return new RunSummary(
        run.version(),
        run.through(),
        planned.hours(),
        outcomes,
        conservation,
        warnings,
        Duration.between(started, clock.instant()));
  }

  /** What the run must not publish, of the commits whose arrivals it reads. */
  private HeldBack heldBack(Connection connection, RegisteredRun run, DeclaredCubes cubes)
      throws SQLException {
    long after = options.fromArrivals() ? 0 : cubes.allAbsorbedThrough();
    return HeldBack.of(connection, after, run.through());
  }

  private PlannedHours plan(
      Connection connection, RegisteredRun run, DeclaredCubes cubes, HeldBack held)
      throws SQLException {
    SelectHours select = new SelectHours(connection, cubes, run.through());
    SortedMap<Long, Long> hours =
        options.range().isPresent() ? select.named(options.range().get()) : select.changed();
    hours.keySet().removeAll(held.hours());
    return new PlanHours(
            connection,
            cubes,
            run.through(),
            run.head(),
            options.fromArrivals(),
            options.bucketRows())
        .plan(hours, options.range().isPresent());
  }

  private boolean everyHour() {
    return options.range().equals(Optional.of(HourRange.ALL));
  }

  private List<Check> conservation(
      Connection connection,
      RegisteredRun run,
      DeclaredCubes cubes,
      List<HourOutcome> outcomes,
      boolean full)
      throws SQLException {
    List<Check> checks = new ArrayList<>();
    long checked = everyHour() ? 0 : cubes.allAbsorbedThrough();
    if (checked < run.through()) {
      checks.add(CheckConservation.ofCommits(connection, checked, run.through()));
    }
    // Only a run of all changed hours has read every event of the commits no run has read before.
    if (full && run.lastPublished() < run.through()) {
      Map<String, Long> arrivals = new TreeMap<>();
      outcomes.forEach(
          outcome -> outcome.arrivals().forEach((s, n) -> arrivals.merge(s, n, Long::sum)));
      checks.addAll(
          CheckConservation.ofSources(connection, run.lastPublished(), run.through(), arrivals));
    }
    return checks;
  }

  /** Told, not held against the run: no run can do anything about them. */
  private static List<Check> gaps(PlannedHours planned) {
    return planned.gaps().stream()
        .map(gap -> new Check(CheckName.SEALED, gap.hourMillis(), gap.cube(), true, 0, GAP))
        .toList();
  }

  /** What retention did, what could not be deleted, and what cubes will never have. */
  private List<String> tidyUp(
      Connection connection,
      RegisteredRun run,
      DeclaredCubes cubes,
      PlannedHours planned,
      HeldBack held) {
    List<String> lines = new ArrayList<>();
    planned.gaps().stream()
        .collect(Collectors.groupingBy(SealedGap::cube, TreeMap::new, Collectors.counting()))
        .forEach(
            (cube, hours) ->
                lines.add("cube '" + cube + "' in " + Counted.of(hours, "hour") + ": " + GAP));
    if (!held.isEmpty()) {
      // A damaged manifest may make an hour look completely absorbed.
      lines.add("retention waits until weir repair has mended the manifest");
      return lines;
    }
    try {
      lines.addAll(
          new ExpireArchive(connection, run.version(), pipeline, cubes)
              .expire(clock.instant())
              .lines());
      lines.addAll(DeleteFiles.delete(connection, ArchiveStore.of(archive)));
    } catch (SQLException | RunRefusedException | RuntimeException e) {
      // What was published stays published; the next run does it.
      lines.add("retention could not be applied: " + e.getMessage());
    }
    return lines;
  }

  private RunSummary nothingChanged(
      Connection connection,
      RegisteredRun run,
      DeclaredCubes cubes,
      PlannedHours planned,
      HeldBack held,
      Instant started)
      throws SQLException {
    // Commits may have counted events that the manifest lists nowhere: no hour changed, then.
    List<Check> conservation = new ArrayList<>(held.checks());
    conservation.addAll(conservation(connection, run, cubes, List.of(), false));
    List<Check> checks = new ArrayList<>(conservation);
    checks.addAll(gaps(planned));
    RecordChecks.record(connection, run.version(), checks);
    if (options.range().isEmpty() && conservation.stream().allMatch(Check::agrees)) {
      PublishVersion.absorbedEverywhere(connection, pipeline.cubes(), run.through());
    }
    FinishRun finished =
        held.isEmpty()
            ? FinishRun.nothingChanged()
            : FinishRun.failed(PublishHours.notPublished(held.hours().size()));
    finished.record(connection, run.version());
    return new RunSummary(
        run.version(),
        run.through(),
        List.of(),
        List.of(),
        conservation,
        tidyUp(connection, run, cubes, planned, held),
        Duration.between(started, clock.instant()));
  }
}
