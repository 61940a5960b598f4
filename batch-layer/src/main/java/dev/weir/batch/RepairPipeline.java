package dev.weir.batch;

import dev.weir.batch.audit.ArchiveAwayException;
import dev.weir.batch.audit.Audit;
import dev.weir.batch.audit.AuditReport;
import dev.weir.batch.audit.Damage;
import dev.weir.batch.audit.FileDamage;
import dev.weir.batch.db.RunRefusedException;
import dev.weir.batch.publish.DeleteFiles;
import dev.weir.batch.publish.RecordChecks;
import dev.weir.batch.publish.RegisteredRun;
import dev.weir.batch.reconcile.Check;
import dev.weir.batch.repair.ChooseRemedies;
import dev.weir.batch.repair.DamagedHour;
import dev.weir.batch.repair.DamagedHours;
import dev.weir.batch.repair.MendHours;
import dev.weir.batch.repair.ReadHours;
import dev.weir.batch.repair.Remedy;
import dev.weir.batch.repair.RestoreNotes;
import dev.weir.batch.select.Declaration;
import dev.weir.batch.select.DeclaredCubes;
import dev.weir.batch.select.HourRange;
import dev.weir.batch.select.NotMigratedException;
import dev.weir.batch.store.ArchiveStore;
import dev.weir.batch.wording.Counted;
import java.io.IOException;
import java.net.URI;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaSparkContext;

/**
 * {@code repair}: verifies, mends and verifies again.
 *
 * <pre>
 * audit what was noted -> restore ledger, manifest and coverage
 *   -> audit everything -> choose a remedy for each damaged hour
 *   -> recompute or seal and fold -> publish -> remove what is not served, let go of files
 *   -> audit everything
 * </pre>
 *
 * No row of an event hour that is not damaged is written. A repair that dies is simply run again.
 */
final class RepairPipeline {
  private final BatchLayerOptions options;
  private final Declaration declaration;
  private final URI archive;
  private final Progress progress;
  private final Recomputation recomputation;
  private final VerifyPipeline verify;
  private final HourRange range;
  private final List<String> done = new ArrayList<>();

  RepairPipeline(
      BatchLayerOptions options,
      Declaration declaration,
      URI archive,
      Supplier<JavaSparkContext> spark,
      Progress progress,
      Clock clock) {
    this.options = options;
    this.declaration = declaration;
    this.archive = archive;
    this.progress = progress;
    this.recomputation = new Recomputation(spark, options.bucketRows(), progress);
    this.verify = new VerifyPipeline(options, declaration, archive, spark, progress, clock);
    this.range = options.range().orElse(HourRange.ALL);
  }

  /**
   * Repairs.
   *
   * @throws RunRefusedException if another run is at work, or something moved during this one
   * @throws NotMigratedException if the database does not know the declaration
   */
  Answer run() throws SQLException, IOException, RunRefusedException, NotMigratedException {
    return new ExclusiveRun(options, archive, progress).of(this::repair);
  }

  private Answer repair(Connection connection, RegisteredRun run)
      throws SQLException, IOException, RunRefusedException, NotMigratedException {
    VerifyPipeline.requireReachable(archive, run.head());
    DeclaredCubes cubes = DeclaredCubes.lookUp(declaration.pipeline(), connection);
    Audit audit = verify.audit(connection, cubes);
    AuditReport noted = audit.noted(range);
    RestoreNotes notes = new RestoreNotes(connection, run.version(), archive);
    progress.step("restoring ledger, manifest and coverage");
    done.addAll(notes.restore(noted));
    long through = notes.head();
    AuditReport found = VerifyPipeline.everything(audit, range);
    List<Remedy> remedies = remedies(connection, cubes, found, through);
    RepublishHours republish =
        new RepublishHours(options, declaration, archive, connection, run, recomputation);
    mend(
        new MendHours(connection, run.version(), cubes),
        republish,
        cubes,
        remedies,
        found,
        through);
    done.addAll(DeleteFiles.delete(connection, ArchiveStore.of(archive)));
    List<Check> checks = new ArrayList<>();
    noted.damages().forEach(damage -> checks.add(damage.check()));
    checks.addAll(found.checks());
    checks.addAll(republish.checks());
    RecordChecks.record(connection, run.version(), checks);
    AuditReport left;
    try {
      left = found.clean() ? found : audit.everything(range);
    } catch (ArchiveAwayException e) {
      String unknown = "what was done could not be verified again: " + e.getMessage();
      republish.finished(unknown).record(connection, run.version());
      return new Answer(done(noted, found) + "But " + unknown + ".\n", false);
    }
    RecordChecks.record(
        connection, run.version(), VerifiedAgain.of(checks, left, republish.notPublished()));
    republish
        .finished(
            left.clean() ? null : AuditText.damages(left.damages()) + " could not be repaired")
        .record(connection, run.version());
    boolean published = republish.notPublished().isEmpty();
    return new Answer(text(noted, found, left), left.clean() && published);
  }

  private List<Remedy> remedies(
      Connection connection, DeclaredCubes cubes, AuditReport found, long through)
      throws SQLException {
    ChooseRemedies choose = new ChooseRemedies(cubes, found);
    return ReadHours.read(connection, cubes, DamagedHours.of(connection, found), through).stream()
        .map(choose::of)
        .toList();
  }

  private void mend(
      MendHours hours,
      RepublishHours republish,
      DeclaredCubes cubes,
      List<Remedy> remedies,
      AuditReport found,
      long through)
      throws SQLException, RunRefusedException {
    if (found.clean()) {
      return;
    }
    progress.step("mending " + Counted.of(remedies.size(), "event hour"));
    hours.prepare(remedies);
    SortedMap<Long, Long> recomputed = new TreeMap<>();
    SortedMap<Long, Long> folded = new TreeMap<>();
    List<DamagedHour> mended = new ArrayList<>();
    for (Remedy remedy : remedies) {
      long hour = remedy.hour().hourMillis();
      switch (remedy.kind()) {
        case RECOMPUTE, RECOMPUTE_FROM_ARRIVALS -> recomputed.put(hour, through);
        case SEAL -> folded.put(hour, remedy.hour().newestArrivals());
        case NOTHING, REMOVE_UNSERVED, LOST -> {}
      }
    }
    republish.publish(cubes, recomputed, through, true);
    republish.publish(cubes, folded, through, false);
    for (Remedy remedy : remedies) {
      boolean mendable = remedy.kind() != Remedy.Kind.NOTHING && remedy.kind() != Remedy.Kind.LOST;
      boolean failed = republish.notPublished().contains(remedy.hour().hourMillis());
      if (mendable && !failed) {
        mended.add(remedy.hour());
      }
      done.add(said(remedy, failed));
    }
    hours.removeUnserved(mended, through);
    done.addAll(
        hours.letGo(
            found.of(FileDamage.class).stream().map(FileDamage::file).distinct().toList(),
            remedies.stream()
                .filter(remedy -> remedy.kind() == Remedy.Kind.LOST)
                .mapToLong(remedy -> remedy.hour().hourMillis())
                .toArray()));
  }

  private static String said(Remedy remedy, boolean failed) {
    String hour = "event hour " + remedy.time();
    if (failed) {
      return hour + " could not be published again, see weir.reconciliation: " + remedy.why();
    }
    return switch (remedy.kind()) {
      case NOTHING -> hour + " needs nothing: " + remedy.why();
      case REMOVE_UNSERVED -> hour + ": rows that are not served were removed: " + remedy.why();
      case RECOMPUTE, RECOMPUTE_FROM_ARRIVALS -> hour + " was recomputed: " + remedy.why();
      case SEAL ->
          hour + " was sealed, what is served stays, late events are added: " + remedy.why();
      case LOST -> hour + " cannot be repaired: " + remedy.why();
    };
  }

  private static Set<Damage> damages(AuditReport noted, AuditReport found) {
    Set<Damage> damages = new LinkedHashSet<>(noted.damages());
    damages.addAll(found.damages());
    return damages;
  }

  private String done(AuditReport noted, AuditReport found) {
    StringBuilder text = new StringBuilder();
    Set<Damage> damages = damages(noted, found);
    if (!damages.isEmpty()) {
      text.append("Found ").append(Counted.of(damages.size(), "damage")).append(":\n");
      damages.forEach(damage -> text.append(AuditText.line(damage)));
    }
    if (!done.isEmpty()) {
      text.append("What was done:\n");
      done.forEach(line -> text.append("  ").append(line).append('\n'));
    }
    return text.toString();
  }

  private String text(AuditReport noted, AuditReport found, AuditReport left) {
    StringBuilder text = new StringBuilder(done(noted, found));
    if (left.clean()) {
      text.append(damages(noted, found).isEmpty() ? "" : "Verified again. ");
      text.append("Nothing of the layers is damaged.\n");
    } else {
      text.append("Verified again; ").append(AuditText.damages(left.damages()));
      text.append(" could not be repaired:\n");
      text.append(AuditText.findings(left));
    }
    return text.toString();
  }
}
