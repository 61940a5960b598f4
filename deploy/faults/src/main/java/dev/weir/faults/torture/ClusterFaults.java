package dev.weir.faults.torture;

import dev.weir.faults.proxy.Armed;
import dev.weir.faults.proxy.Verdict;
import dev.weir.faults.system.Processes;
import dev.weir.faults.system.StandbyTaskManager;
import dev.weir.local.part.LocalParts;
import java.time.Duration;
import java.util.List;

/** A TaskManager that is cut off and wakes up, and a job that is rescaled. */
final class ClusterFaults {
  private static final Duration PATIENCE = Duration.ofSeconds(150);
  private static final List<Integer> PARALLELISMS = List.of(1, 3, 2);

  private ClusterFaults() {}

  static List<Fault> all() {
    return List.of(
        new Fault("taskmanager cut off", "at a random moment", ClusterFaults::cutOffAtRandom),
        new Fault(
            "taskmanager cut off",
            CommitStep.INSERT_LEDGER.words(),
            target -> cutOffAt(target, CommitStep.INSERT_LEDGER)),
        new Fault(
            "taskmanager cut off",
            CommitStep.READ_LEDGER.words(),
            target -> cutOffAt(target, CommitStep.READ_LEDGER)),
        new Fault(
            "taskmanager cut off",
            CommitStep.LIVE_FLUSH.words(),
            target -> cutOffAt(target, CommitStep.LIVE_FLUSH)),
        new Fault("rescale", "from a savepoint", ClusterFaults::rescale));
  }

  private static String cutOffAtRandom(Target target) throws Exception {
    target.pauseAtRandom();
    long pid = target.runtime().process(LocalParts.TASK_MANAGER).pid();
    Processes.signal(pid, "STOP");
    return replaceAndWake(target, pid);
  }

  private static String cutOffAt(Target target, CommitStep step) throws Exception {
    long pid = target.runtime().process(LocalParts.TASK_MANAGER).pid();
    Armed armed =
        step.arm(
            target.proxy(),
            (session, roundTrip) -> {
              Processes.signal(pid, "STOP");
              return Verdict.PASS;
            });
    target.await(armed, step.words());
    return replaceAndWake(target, pid);
  }

  /** Another TaskManager takes the job over; the stopped one wakes up to find that out. */
  private static String replaceAndWake(Target target, long stopped) throws Exception {
    StandbyTaskManager standby = target.runtime().standby();
    try {
      long before = target.scene().health().head();
      boolean replaced =
          Processes.await(PATIENCE, () -> target.scene().health().head() > before + 1);
      if (!replaced) {
        throw new IllegalStateException(
            "no commit within " + PATIENCE.toSeconds() + " s by the TaskManager that took over");
      }
    } finally {
      Processes.signal(stopped, "CONT");
    }
    Thread.sleep(3_000);
    standby.kill();
    return "stopped pid " + stopped + ", replaced by " + standby.pid() + " (killed after it woke)";
  }

  private static String rescale(Target target) throws InterruptedException {
    int from = target.runtime().parallelism();
    int next = PARALLELISMS.get((PARALLELISMS.indexOf(from) + 1) % PARALLELISMS.size());
    target.runtime().stopJob();
    target.runtime().parallelism(next);
    return "parallelism " + from + " -> " + next;
  }
}
