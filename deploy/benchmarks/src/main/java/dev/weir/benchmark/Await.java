package dev.weir.benchmark;

import java.time.Duration;
import java.util.function.BooleanSupplier;

/** Waits for what the parts bring about by themselves. */
public final class Await {
  private static final Duration PATIENCE = Duration.ofMinutes(5);
  private static final long POLL_MILLIS = 100;

  private Await() {}

  /**
   * Looks again and again, for five minutes at most.
   *
   * @param what to put after "waited for"
   */
  public static void until(BenchmarkRuntime runtime, String what, BooleanSupplier condition)
      throws InterruptedException {
    long deadlineNanos = System.nanoTime() + PATIENCE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadlineNanos) {
        throw new BenchmarkFailure(
            "waited %d s for %s; see %s"
                .formatted(PATIENCE.toSeconds(), what, runtime.data().logs()));
      }
      Thread.sleep(POLL_MILLIS);
    }
  }
}
