package dev.weir.speed.dedup;

import java.time.Duration;

/**
 * How long an event is remembered: at least the declared time, at most a sixteenth more, because
 * memory is laid out and forgotten in slices. Times are record timestamps, epoch milliseconds.
 */
final class DuplicateHorizon {
  private static final int SLICES = 16;

  /** Slice numbers are 32 bits, and a second would not fit them beyond 2038. */
  private static final long SHORTEST_SLICE_MILLIS = 4_000;

  private final long withinMillis;
  private final long sliceMillis;

  DuplicateHorizon(Duration within) {
    withinMillis = within.toMillis();
    sliceMillis = Math.max(withinMillis / SLICES, SHORTEST_SLICE_MILLIS);
  }

  long withinMillis() {
    return withinMillis;
  }

  long sliceMillis() {
    return sliceMillis;
  }

  /** The slice that a time lies in. */
  int sliceOf(long timeMillis) {
    return (int) (Math.max(timeMillis, 0) / sliceMillis);
  }

  /** The first millisecond after a slice. */
  long endMillis(int slice) {
    return (slice + 1) * sliceMillis;
  }

  /**
   * The oldest slice with anything within the horizon.
   *
   * @param frontMillis up to where records were seen; {@code Long.MIN_VALUE} when nothing is known,
   *     so nothing has expired
   */
  int oldestSlice(long frontMillis) {
    return frontMillis == Long.MIN_VALUE ? 0 : sliceOf(frontMillis - withinMillis);
  }
}
