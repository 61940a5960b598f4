package dev.weir.faults.torture;

import dev.weir.faults.FaultScene;
import dev.weir.faults.proxy.Armed;
import dev.weir.faults.proxy.PostgresProxy;
import dev.weir.faults.system.FaultRuntime;
import dev.weir.local.flink.FlinkRest;
import java.time.Duration;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.TimeoutException;

/**
 * What a fault works on.
 *
 * @param random seeded; used by the one thread that strikes
 * @param outage how long something stays away that comes back by itself
 */
public record Target(
    FaultScene scene, BatchRuns batches, SplittableRandom random, Duration outage) {
  private static final Duration STEP_PATIENCE = Duration.ofMinutes(3);

  FaultRuntime runtime() {
    return scene.runtime();
  }

  PostgresProxy proxy() {
    return scene.runtime().proxy();
  }

  /** Waits until what was armed has happened. */
  void await(Armed armed, String step) throws InterruptedException {
    if (!armed.await(STEP_PATIENCE)) {
      armed.disarm();
      throw new StepNotReachedException(
          "the step was not reached within " + STEP_PATIENCE.toSeconds() + " s: " + step);
    }
  }

  /** Starts a batch run that nothing has met yet; waits for one at work to end. */
  void newBatchRun() throws InterruptedException, TimeoutException {
    Optional<String> ended = batches.awaitEnd();
    if (ended.isPresent()) {
      throw new IllegalStateException(ended.get());
    }
    batches.start();
    batches.harm();
  }

  /**
   * Half of the times nothing flows until the job is back: what is shown is then all that was
   * produced, so that the reader would see one event shown twice.
   */
  String holdStreamAtRandom() throws InterruptedException {
    if (random.nextBoolean()) {
      return "";
    }
    scene.producer().pause();
    return " while nothing flowed";
  }

  /** How often a checkpoint of the job failed, or the job. */
  long failures() {
    FlinkRest flink = runtime().flink();
    String job = flink.lastJob().orElseThrow().id();
    return flink.checkpoints(job).failed() + flink.restarts(job);
  }

  /** A moment that nothing in the system knows: up to three commits from now. */
  void pauseAtRandom() throws InterruptedException {
    Thread.sleep(random.nextLong(6_000));
  }
}
