package dev.weir.speed.dedup;

/**
 * Tells a partition that is idle from one that could not be read. While none of them is heard, as
 * when the broker is away, nothing can be said of any; and when one is heard again, the others get
 * a grace to be heard as well. A start counts as the end of a silence.
 */
final class Silence {
  /** For every partition to be heard after the first one was. */
  static final long GRACE_MILLIS = 10_000;

  /**
   * Longer than the grace and the longest tick that it may end in, so that each grace is judged.
   */
  private static final long LONGEST_PAUSE_MILLIS =
      GRACE_MILLIS + 2 * WorkingTime.LONGEST_TICK_MILLIS;

  private long quietMillis = LONGEST_PAUSE_MILLIS + 1;
  private long graceMillis = GRACE_MILLIS;

  /**
   * Takes note of a tick.
   *
   * @param elapsedMillis time at work since the last one
   * @param heard whether a record of any partition came since
   * @return whether a partition that was idle for long may be left behind now
   */
  boolean allowsForgetting(long elapsedMillis, boolean heard) {
    if (heard && quietMillis > LONGEST_PAUSE_MILLIS) {
      graceMillis = GRACE_MILLIS;
    } else {
      graceMillis = Math.max(graceMillis - elapsedMillis, 0);
    }
    quietMillis = heard ? 0 : quietMillis + elapsedMillis;
    return graceMillis == 0 && quietMillis <= LONGEST_PAUSE_MILLIS;
  }
}
