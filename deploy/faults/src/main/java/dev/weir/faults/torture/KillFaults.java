package dev.weir.faults.torture;

import dev.weir.faults.proxy.Armed;
import dev.weir.faults.proxy.Verdict;
import dev.weir.local.part.LocalParts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

/** SIGKILL to the parts of the speed layer, the database and the broker. */
final class KillFaults {
  private KillFaults() {}

  static List<Fault> all() {
    List<Fault> faults = new ArrayList<>();
    for (String part :
        List.of(
            LocalParts.TASK_MANAGER,
            LocalParts.JOB_MANAGER,
            LocalParts.POSTGRES,
            LocalParts.KAFKA)) {
      faults.add(new Fault("kill " + part, "at a random moment", target -> atRandom(target, part)));
    }
    faults.add(
        new Fault(
            "kill " + LocalParts.TASK_MANAGER,
            "while its Parquet file is open",
            KillFaults::whileFileIsOpen));
    for (CommitStep step : CommitStep.values()) {
      if (step == CommitStep.CLAIMED) {
        faults.add(
            new Fault("kill " + LocalParts.TASK_MANAGER, step.words(), KillFaults::afterClaim));
      } else {
        faults.add(at(step, LocalParts.TASK_MANAGER));
        faults.add(at(step, LocalParts.POSTGRES));
      }
    }
    faults.add(at(CommitStep.READ_LEDGER, LocalParts.JOB_MANAGER));
    faults.add(at(CommitStep.AFTER_COMMIT, LocalParts.JOB_MANAGER));
    faults.add(new Fault("kill " + LocalParts.KAFKA, "and away for a while", KillFaults::awhile));
    return faults;
  }

  private static String atRandom(Target target, String part) throws InterruptedException {
    String beside = target.holdStreamAtRandom();
    target.pauseAtRandom();
    return killed(target.runtime().kill(part)) + beside;
  }

  private static Fault at(CommitStep step, String part) {
    return new Fault("kill " + part, step.words(), target -> killAt(target, step, part));
  }

  private static String killAt(Target target, CommitStep step, String part)
      throws InterruptedException {
    long[] pid = {0};
    // Without its JobManager a TaskManager goes on for a while: what it has sent is passed on.
    Verdict then = part.equals(LocalParts.JOB_MANAGER) ? Verdict.PASS : Verdict.CUT;
    Armed armed =
        step.arm(
            target.proxy(),
            (session, roundTrip) -> {
              pid[0] = target.runtime().kill(part);
              return then;
            });
    target.await(armed, step.words());
    return killed(pid[0]);
  }

  /** The job restarts after a first kill, claims the log, and is killed again. */
  private static String afterClaim(Target target) throws InterruptedException {
    long first = target.runtime().kill(LocalParts.TASK_MANAGER);
    long[] pid = {0};
    Armed armed =
        CommitStep.CLAIMED.arm(
            target.proxy(),
            (session, roundTrip) -> {
              pid[0] = target.runtime().kill(LocalParts.TASK_MANAGER);
              return Verdict.CUT;
            });
    target.runtime().startTaskManager();
    target.await(armed, CommitStep.CLAIMED.words());
    return killed(first) + ", then " + pid[0];
  }

  private static String whileFileIsOpen(Target target) throws IOException, InterruptedException {
    Path arrivals = target.runtime().data().archive().resolve("arrivals");
    Set<Path> before = files(arrivals);
    long deadline = System.nanoTime() + 60_000_000_000L;
    while (System.nanoTime() < deadline) {
      Set<Path> now = files(arrivals);
      now.removeAll(before);
      if (!now.isEmpty()) {
        long pid = target.runtime().kill(LocalParts.TASK_MANAGER);
        return killed(pid) + " with " + now.iterator().next().getFileName() + " open";
      }
      Thread.sleep(10);
    }
    throw new StepNotReachedException("no file was opened in " + arrivals);
  }

  private static Set<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return new HashSet<>(files.filter(Files::isRegularFile).toList());
    }
  }

  private static String awhile(Target target) throws InterruptedException {
    long pid = target.runtime().kill(LocalParts.KAFKA);
    Thread.sleep(target.outage().toMillis());
    return killed(pid) + " for " + target.outage().toSeconds() + " s";
  }

  private static String killed(long pid) {
    return "killed pid " + pid;
  }
}
