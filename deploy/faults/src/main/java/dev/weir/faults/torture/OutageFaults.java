package dev.weir.faults.torture;

import dev.weir.faults.proxy.Armed;
import dev.weir.faults.proxy.Verdict;
import dev.weir.faults.system.Processes;
import dev.weir.local.part.LocalParts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** What is not there for a while, and comes back by itself: the database, disk space, time. */
final class OutageFaults {
  /** Longer than a checkpoint may take, shorter than a transaction may idle. */
  private static final Duration HOLD = Duration.ofSeconds(20);

  private static final int FULL_BYTES = 4096;

  private OutageFaults() {}

  static List<Fault> all() {
    List<Fault> faults = new ArrayList<>();
    faults.add(
        new Fault(
            "postgres unreachable",
            "what was sent arrives late",
            target -> unreachable(target, false)));
    faults.add(
        new Fault(
            "postgres unreachable", "what was sent is lost", target -> unreachable(target, true)));
    faults.add(
        new Fault("postgres out of connections", "new sessions refused", OutageFaults::noSlots));
    faults.add(
        new Fault("checkpoint times out", "commit held before COMMIT", OutageFaults::heldCommit));
    if (hasPrlimit()) {
      faults.add(
          new Fault("disk full", "no file of the TaskManager grows", OutageFaults::diskFull));
    }
    return faults;
  }

  /** Kinds that this machine cannot do, with the reason. */
  static List<String> skipped() {
    return hasPrlimit()
        ? List.of()
        : List.of("disk full: there is no prlimit here (package util-linux)");
  }

  private static boolean hasPrlimit() {
    return Files.isExecutable(Path.of("/usr/bin/prlimit"));
  }

  private static String unreachable(Target target, boolean lost) throws InterruptedException {
    target.pauseAtRandom();
    target.proxy().blackHole();
    try {
      Thread.sleep(target.outage().toMillis());
      if (lost) {
        target.proxy().cutAll();
      }
    } finally {
      target.proxy().open();
    }
    return "for " + target.outage().toSeconds() + " s";
  }

  private static String noSlots(Target target) throws InterruptedException {
    try (ConnectionHog hog = new ConnectionHog(target.runtime())) {
      int opened = hog.openUntilRefused();
      // The jobs' sessions break, and what took their place keeps them out.
      target.proxy().cutAll();
      hog.keepFull(target.outage());
      return opened + " connections held for " + target.outage().toSeconds() + " s";
    }
  }

  private static String heldCommit(Target target) throws InterruptedException {
    String job = target.runtime().flink().lastJob().orElseThrow().id();
    long failed = target.runtime().flink().checkpoints(job).failed();
    Armed armed =
        CommitStep.BEFORE_COMMIT.arm(
            target.proxy(),
            (session, next) -> {
              Thread.sleep(HOLD.toMillis());
              return Verdict.PASS;
            });
    target.await(armed, CommitStep.BEFORE_COMMIT.words());
    boolean timedOut =
        Processes.await(
            Duration.ofSeconds(20),
            () -> target.runtime().flink().checkpoints(job).failed() > failed);
    if (!timedOut) {
      throw new StepNotReachedException("no checkpoint has timed out");
    }
    return "held for " + HOLD.toSeconds() + " s";
  }

  private static String diskFull(Target target) throws Exception {
    target.pauseAtRandom();
    long before = target.failures();
    String pid = Long.toString(target.runtime().process(LocalParts.TASK_MANAGER).pid());
    Processes.run("prlimit", "--pid", pid, "--fsize=" + FULL_BYTES + ":unlimited");
    try {
      Thread.sleep(target.outage().toMillis());
    } finally {
      Processes.run("prlimit", "--pid", pid, "--fsize=unlimited:unlimited");
    }
    if (target.failures() == before) {
      throw new StepNotReachedException("nothing was written that did not fit");
    }
    return "pid " + pid + " for " + target.outage().toSeconds() + " s";
  }
}
