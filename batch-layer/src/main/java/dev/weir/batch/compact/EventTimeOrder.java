package dev.weir.batch.compact;

import dev.weir.batch.read.BucketRows;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Orders a bucket's rows by event time, and those of one instant by arrival, so that the same rows
 * always give the same file.
 */
public final class EventTimeOrder {
  private static final long HOUR_MICROS = 3_600_000_000L;

  /** So many rows are sorted in place, faster than as objects. */
  private static final int FEW = 16;

  private EventTimeOrder() {}

  /** The rows that are not dropped, in order. */
  public static int[] of(BucketRows rows, BitSet dropped) {
    long[] sorted = new long[rows.size() - dropped.cardinality()];
    int kept = 0;
    for (int row = 0; row < rows.size(); row++) {
      if (!dropped.get(row)) {
        // The time within the hour takes 32 bits, unsigned; the rest is the row.
        long time = Math.floorMod(rows.timeMicros(row), HOUR_MICROS);
        sorted[kept++] = (time << 31) | row;
      }
    }
    Arrays.sort(sorted);
    int[] order = new int[kept];
    for (int start = 0; start < kept; ) {
      int end = start;
      while (end < kept && sorted[end] >>> 31 == sorted[start] >>> 31) {
        order[end] = (int) (sorted[end] & Integer.MAX_VALUE);
        end++;
      }
      if (end - start > 1) {
        sortByArrival(rows, order, start, end);
      }
      start = end;
    }
    return order;
  }

  private static void sortByArrival(BucketRows rows, int[] order, int start, int end) {
    if (end - start > FEW) {
      sortManyByArrival(rows, order, start, end);
      return;
    }
    for (int i = start + 1; i < end; i++) {
      int row = order[i];
      int at = i;
      for (; at > start && rows.compareArrival(order[at - 1], row) > 0; at--) {
        order[at] = order[at - 1];
      }
      order[at] = row;
    }
  }

  private static void sortManyByArrival(BucketRows rows, int[] order, int start, int end) {
    Integer[] instant = new Integer[end - start];
    Arrays.setAll(instant, i -> order[start + i]);
    Arrays.sort(instant, rows::compareArrival);
    for (int i = 0; i < instant.length; i++) {
      order[start + i] = instant[i];
    }
  }
}
