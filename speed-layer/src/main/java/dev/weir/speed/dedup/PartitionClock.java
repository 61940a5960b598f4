package dev.weir.speed.dedup;

/**
 * How far the record timestamps of one partition have come. Producers set them, so they are not
 * trusted: one in the future counts as now, one in the past moves nothing, and a leap forward is
 * believed only when the records that follow confirm it. Believing too late only means to remember
 * for longer. On the per-event path; allocates nothing.
 */
final class PartitionClock {
  private static final int CONFIRMATIONS = 8;

  private final long leapMillis;
  private long progressMillis = Long.MIN_VALUE;
  private long leapToMillis;
  private int leaps;
  private boolean moved;
  private long idleMillis;

  /**
   * @param leapMillis how far a single record may move the clock
   */
  PartitionClock(long leapMillis) {
    this.leapMillis = leapMillis;
  }

  /**
   * Takes note of a record.
   *
   * @param nowMillis the present, which no timestamp can be after
   * @return the time under which to remember its event: never before {@link #progressMillis()}
   */
  long advance(long recordMillis, long nowMillis) {
    moved = true;
    long timeMillis = Math.min(recordMillis, nowMillis);
    if (progressMillis == Long.MIN_VALUE) {
      progressMillis = timeMillis;
    } else if (timeMillis <= progressMillis + leapMillis) {
      leaps = 0;
      progressMillis = Math.max(progressMillis, timeMillis);
    } else {
      leapToMillis = leaps == 0 ? timeMillis : Math.min(leapToMillis, timeMillis);
      if (++leaps == CONFIRMATIONS) {
        leaps = 0;
        progressMillis = leapToMillis;
      }
    }
    return Math.max(timeMillis, progressMillis);
  }

  /** The partition's time, epoch milliseconds; {@code Long.MIN_VALUE} before its first record. */
  long progressMillis() {
    return progressMillis;
  }

  /** Goes on from what a checkpoint knew. Of several opinions the earliest holds. */
  void restore(long millis) {
    progressMillis = progressMillis == Long.MIN_VALUE ? millis : Math.min(progressMillis, millis);
  }

  /** Whether a record came since the last tick. */
  boolean isHeard() {
    return moved;
  }

  /**
   * Counts how long nothing came.
   *
   * @param elapsedMillis processing time since the last call
   * @return for how long the partition has been idle
   */
  long tick(long elapsedMillis) {
    idleMillis = moved ? 0 : idleMillis + elapsedMillis;
    moved = false;
    return idleMillis;
  }
}
