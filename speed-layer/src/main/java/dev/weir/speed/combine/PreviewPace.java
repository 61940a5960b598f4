package dev.weir.speed.combine;

import java.util.Arrays;

/**
 * How often a cube's counts go to the live preview: at the declared interval, but
 *
 * <ul>
 *   <li>a cube of which many series change less often, so that what the preview costs stays
 *       bounded: by {@link #ROWS_PER_SECOND}, unless there are too many series to keep;
 *   <li>every cube less often, down to once in ten seconds, while a backlog is read: what is shown
 *       is then at most a tenth older than its records are anyway, and the time goes into catching
 *       up.
 * </ul>
 *
 * <p>A longer interval is the declared one doubled some times, and ends at its whole multiples, so
 * that subtasks of much the same load send together.
 */
final class PreviewPace {
  /** Series that one subtask sends of one cube in a second, within a factor of two. */
  static final int ROWS_PER_SECOND = 2_000;

  private static final long SLOWEST_MILLIS = 10_000;
  private static final long SHARE_OF_AGE = 10;

  private final long liveMillis;
  private final long[] lastMillis;
  private long newestRecordMillis = Long.MIN_VALUE;

  /**
   * @param liveMillis the declared interval
   */
  PreviewPace(long liveMillis, int cubes) {
    this.liveMillis = liveMillis;
    lastMillis = new long[cubes];
    Arrays.fill(lastMillis, Long.MIN_VALUE);
  }

  /** A record, by the time that Kafka has for it, was counted. */
  void counted(long recordMillis) {
    newestRecordMillis = Math.max(newestRecordMillis, recordMillis);
  }

  /** Everything counted was sent for another reason: the next pauses start now. */
  void sent(long nowMillis) {
    Arrays.fill(lastMillis, nowMillis);
    newestRecordMillis = Long.MIN_VALUE;
  }

  /**
   * Asked at each interval: whether to send what was counted of a cube. Yes starts its next pause.
   *
   * @param series of the cube that have changed
   */
  boolean isDue(int cube, int series, long nowMillis) {
    if (series == 0) {
      return false;
    }
    if (lastMillis[cube] != Long.MIN_VALUE) {
      long backlogMillis =
          newestRecordMillis == Long.MIN_VALUE
              ? 0
              : Math.min(SLOWEST_MILLIS, (nowMillis - newestRecordMillis) / SHARE_OF_AGE);
      if (backlogMillis > liveMillis && nowMillis - lastMillis[cube] < backlogMillis) {
        return false;
      }
      long intervals = Math.max(1, series * 1_000L / ROWS_PER_SECOND / liveMillis);
      long gridMillis = Long.highestOneBit(intervals) * liveMillis;
      if (nowMillis / gridMillis == lastMillis[cube] / gridMillis) {
        return false;
      }
    }
    lastMillis[cube] = nowMillis;
    return true;
  }
}
