package dev.weir.speed.dedup;

/**
 * Processing time in which the operator was at work. A stall (backpressure, a long pause) counts
 * for little: while nothing could be read, no partition was idle.
 */
final class WorkingTime {
  static final long TICK_MILLIS = 1_000;
  static final long LONGEST_TICK_MILLIS = 10 * TICK_MILLIS;

  private long lastMillis;

  WorkingTime(long nowMillis) {
    lastMillis = nowMillis;
  }

  /** Milliseconds at work since the last call. */
  long elapsedMillis(long nowMillis) {
    long elapsedMillis = Math.min(Math.max(nowMillis - lastMillis, 0), LONGEST_TICK_MILLIS);
    lastMillis = nowMillis;
    return elapsedMillis;
  }
}
