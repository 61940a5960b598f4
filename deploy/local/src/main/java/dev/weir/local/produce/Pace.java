package dev.weir.local.produce;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Spreads work evenly over time. */
public final class Pace {
  private final double perNano;
  private final long startNanos = System.nanoTime();
  private long steps;

  private Pace(double perNano) {
    this.perNano = perNano;
  }

  /**
   * A pace.
   *
   * @param rate steps a second; 0 for no limit
   */
  public static Pace perSecond(double rate) {
    return new Pace(rate / TimeUnit.SECONDS.toNanos(1));
  }

  /** Returns when the next step is due. */
  public void awaitNext() {
    if (perNano == 0) {
      return;
    }
    long due = startNanos + (long) (steps++ / perNano);
    for (long now = System.nanoTime(); now < due; now = System.nanoTime()) {
      LockSupport.parkNanos(due - now);
      if (Thread.currentThread().isInterrupted()) {
        return;
      }
    }
  }
}
