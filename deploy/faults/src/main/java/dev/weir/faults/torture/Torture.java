package dev.weir.faults.torture;

import dev.weir.faults.FaultScene;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeSet;
import java.util.concurrent.TimeoutException;

/**
 * Strikes one fault after the other while a stream flows, batch runs come and go and a reader
 * polls, and compares everything with the oracle again and again.
 */
public final class Torture {
  private static final Duration HEALTHY_WITHIN = Duration.ofMinutes(6);
  private static final Duration DRAINED_WITHIN = Duration.ofMinutes(5);

  private static final Duration READS_WITHIN = Duration.ofMinutes(2);

  /** How long a run may last beyond twice its length, so that each kind of fault gets its turn. */
  private static final Duration LATE = Duration.ofMinutes(15);

  private final FaultScene scene;
  private final TortureSettings settings;
  private final BatchRuns batches;
  private final SplittableRandom random;
  private final Target target;
  private final TortureReport report;

  private Torture(FaultScene scene, TortureSettings settings, PrintStream out) {
    this.scene = scene;
    this.settings = settings;
    this.batches = new BatchRuns(scene.runtime());
    this.random = new SplittableRandom(settings.seed());
    this.target = new Target(scene, batches, random.split(), settings.outage());
    this.report = new TortureReport(out, Clock.systemUTC());
  }

  /** Every fault there is. */
  public static List<Fault> faults() {
    List<Fault> all = new ArrayList<>(KillFaults.all());
    all.addAll(BatchFaults.all());
    all.addAll(OutageFaults.all());
    all.addAll(ClusterFaults.all());
    return all;
  }

  /**
   * Runs it in a folder, and ends everything that it started.
   *
   * @param folder empty or missing
   * @return whether nothing differed
   */
  public static boolean run(Path folder, TortureSettings settings, PrintStream out)
      throws InterruptedException {
    try (FaultScene scene = FaultScene.start(folder, settings.seed(), settings.linesPerSecond())) {
      return new Torture(scene, settings, out).run();
    }
  }

  private boolean run() throws InterruptedException {
    long start = System.nanoTime();
    report.say("seed " + settings.seed() + " in " + scene.runtime().data().root());
    OutageFaults.skipped().forEach(s -> report.say("skipped: " + s));
    try {
      scene.health().await(HEALTHY_WITHIN);
      strike(start);
      finish();
    } catch (TimeoutException | SQLException | IOException | RuntimeException e) {
      report.differs(List.of(e.getMessage() == null ? e.toString() : e.getMessage()));
    }
    report.sum(
        Duration.ofNanos(System.nanoTime() - start),
        scene.poller().polls(),
        scene.stream().produced(),
        scene.health().head(),
        batches);
    return report.isClean();
  }

  /** For as long as is asked, and until every kind of fault has struck. */
  private void strike(long start)
      throws InterruptedException, TimeoutException, SQLException, IOException {
    FaultSchedule schedule = new FaultSchedule(faults(), settings.seed());
    long end = start + settings.length().toNanos();
    long latest = end + LATE.plus(settings.length()).toNanos();
    for (int struck = 1; report.isClean(); struck++) {
      Set<String> missing = new TreeSet<>(schedule.kinds());
      missing.removeAll(report.survivedKinds());
      long now = System.nanoTime();
      if (now >= end && missing.isEmpty()) {
        return;
      }
      if (now >= latest) {
        report.differs(List.of("these kinds of fault could not be struck: " + missing));
        return;
      }
      strike(schedule.next());
      report.differs(scene.poller().violations());
      if (struck % settings.checkEvery() == 0 && report.isClean()) {
        check();
      }
    }
  }

  private void strike(Fault fault) throws InterruptedException, TimeoutException {
    if (random.nextInt(3) == 0) {
      batches.start();
    }
    report.strikes(fault);
    batches.harm();
    try {
      String what = fault.strike().at(target);
      long begin = System.nanoTime();
      scene.health().awaitUp(HEALTHY_WITHIN);
      scene.producer().resume();
      scene.health().await(HEALTHY_WITHIN);
      report.survived(fault, what, Duration.ofNanos(System.nanoTime() - begin));
      if (!scene.poller().readsOn(READS_WITHIN)) {
        report.differs(List.of("no reader was answered for " + READS_WITHIN.toSeconds() + " s"));
      }
    } catch (StepNotReachedException e) {
      report.notReached(fault, e.getMessage());
      scene.health().await(HEALTHY_WITHIN);
    } catch (InterruptedException | TimeoutException | RuntimeException e) {
      throw e;
    } catch (Exception e) {
      throw new IllegalStateException(fault + ": " + e, e);
    } finally {
      scene.producer().resume();
    }
  }

  private void check() throws InterruptedException, TimeoutException, SQLException, IOException {
    Optional<String> ended = batches.awaitEnd();
    ended.ifPresent(wrong -> report.differs(List.of(wrong)));
    batches.start();
    Optional<String> fresh = batches.awaitEnd();
    fresh.ifPresent(wrong -> report.differs(List.of(wrong)));
    compare("everything equals the oracle");
  }

  /** Drained, a last run, and everything again. */
  private void finish() throws InterruptedException, TimeoutException, SQLException, IOException {
    if (!report.isClean()) {
      return;
    }
    check();
    scene.producer().pause();
    batches.start();
    batches.awaitEnd().ifPresent(wrong -> report.differs(List.of(wrong)));
    compare("everything equals the oracle after the last batch run");
    if (scene.runtime().verify() != 0) {
      report.differs(List.of("weir verify found damage; see batch.log"));
    } else {
      report.say("check      weir verify finds no damage");
    }
  }

  private void compare(String words)
      throws InterruptedException, TimeoutException, SQLException, IOException {
    List<String> wrong = scene.compare(DRAINED_WITHIN);
    report.differs(wrong);
    if (wrong.isEmpty()) {
      report.say(
          "check      "
              + words
              + ": "
              + scene.stream().unique()
              + " events at commit "
              + scene.health().head());
    }
  }
}
