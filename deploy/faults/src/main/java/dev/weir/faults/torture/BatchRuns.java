package dev.weir.faults.torture;

import dev.weir.faults.system.FaultRuntime;
import dev.weir.local.runtime.LocalRuntimeException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Batch runs beside the stream, one at a time. One that a fault met may fail, no other. */
public final class BatchRuns {
  private static final Duration PATIENCE = Duration.ofMinutes(8);

  private final FaultRuntime runtime;
  private CompletableFuture<Integer> current;
  private boolean harmed;
  private int published;
  private int ended;

  BatchRuns(FaultRuntime runtime) {
    this.runtime = runtime;
  }

  /** Starts one, if none is at work. */
  void start() {
    if (current == null || current.isDone()) {
      harmed = false;
      current = CompletableFuture.supplyAsync(this::run);
    }
  }

  private int run() {
    try {
      return runtime.batch();
    } catch (LocalRuntimeException e) {
      return 1;
    }
  }

  /** A fault is about to strike. */
  void harm() {
    harmed = true;
  }

  /**
   * Waits for the one at work.
   *
   * @return what is wrong with its end, if anything is
   */
  Optional<String> awaitEnd() throws InterruptedException, TimeoutException {
    if (current == null) {
      return Optional.empty();
    }
    try {
      int code = current.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
      current = null;
      if (code == 0) {
        published++;
        return Optional.empty();
      }
      ended++;
      return harmed
          ? Optional.empty()
          : Optional.of("a batch run that no fault had met ended with " + code + "; see batch.log");
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    }
  }

  /** Runs that ended well. */
  int published() {
    return published;
  }

  /** Runs that a fault ended. */
  int ended() {
    return ended;
  }
}
