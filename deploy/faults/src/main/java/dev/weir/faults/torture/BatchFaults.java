package dev.weir.faults.torture;

import dev.weir.faults.proxy.Armed;
import dev.weir.faults.proxy.Trigger;
import dev.weir.faults.proxy.Verdict;
import dev.weir.faults.system.Processes;
import dev.weir.local.part.LocalParts;
import java.util.List;

/** SIGKILL to the Spark driver, and to the database under it, at each phase of a batch run. */
final class BatchFaults {
  private static final String KIND = "kill spark driver";
  private static final String BATCH = "^weir batch";
  private static final String INPUTS = "JOIN weir\\.archive_manifest m ON m\\.event_hour";
  private static final String ROWS = "^COPY batch\\.";
  private static final String FLIP = "INSERT INTO weir\\.coverage ";

  private BatchFaults() {}

  static List<Fault> all() {
    return List.of(
        new Fault(KIND, "during read", BatchFaults::duringRead),
        new Fault(KIND, "during write, before rows", t -> at(t, Trigger.before(ROWS, kill(t)))),
        new Fault(KIND, "during write, after rows", t -> at(t, Trigger.after(ROWS, kill(t)))),
        new Fault(KIND, "in the publishing transaction", t -> at(t, Trigger.before(FLIP, kill(t)))),
        new Fault(
            KIND,
            "before the COMMIT of a publish",
            t -> atCommit(t, Trigger.before(FLIP, kill(t)))),
        new Fault(
            KIND, "after the COMMIT of a publish", t -> atCommit(t, Trigger.after(FLIP, kill(t)))),
        new Fault(
            "kill " + LocalParts.POSTGRES,
            "before the COMMIT of a publish",
            t -> atCommit(t, Trigger.before(FLIP, killDatabase(t)))),
        new Fault(
            "kill " + LocalParts.POSTGRES,
            "after the COMMIT of a publish",
            t -> atCommit(t, Trigger.after(FLIP, killDatabase(t)))));
  }

  private static Trigger.Action kill(Target target) {
    return (session, roundTrip) -> {
      killDriver(target);
      return Verdict.CUT;
    };
  }

  private static Trigger.Action killDatabase(Target target) {
    return (session, roundTrip) -> {
      target.runtime().kill(LocalParts.POSTGRES);
      return Verdict.CUT;
    };
  }

  private static String at(Target target, Trigger trigger) throws Exception {
    return await(target, target.proxy().arm(trigger.by(BATCH)));
  }

  private static String atCommit(Target target, Trigger trigger) throws Exception {
    return await(target, target.proxy().armAtCommit(trigger.by(BATCH)));
  }

  private static String await(Target target, Armed armed) throws Exception {
    target.newBatchRun();
    target.await(armed, "of a batch run");
    return "killed";
  }

  /** The plan is made; the files are being read some moments later. */
  private static String duringRead(Target target) throws Exception {
    Armed armed =
        target.proxy().arm(Trigger.after(INPUTS, (session, done) -> Verdict.PASS).by(BATCH));
    target.newBatchRun();
    target.await(armed, "a batch run has its plan");
    Thread.sleep(target.random().nextLong(3_000));
    return "killed pid " + killDriver(target);
  }

  private static long killDriver(Target target) throws InterruptedException {
    ProcessHandle driver =
        target
            .runtime()
            .batchDriver()
            .orElseThrow(() -> new StepNotReachedException("the batch run had already ended"));
    Processes.kill(driver);
    return driver.pid();
  }
}
