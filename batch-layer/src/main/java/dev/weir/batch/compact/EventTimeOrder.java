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

  /** So many are sorted digit by digit, which takes the same few passes however many they are. */
  private static final int MANY = 1 << 14;

  private static final int ROW_BITS = 31;
  private static final int TIME_BITS = 32;
  private static final int DIGIT_BITS = 11;

  private EventTimeOrder() {}

  /** The rows that are not dropped, in order. */
  public static int[] of(BucketRows rows, BitSet dropped) {
    long[] sorted = sortByTime(keptByTime(rows, dropped));
    int kept = sorted.length;
    int[] order = new int[kept];
    for (int start = 0; start < kept; ) {
      int end = start;
      while (end < kept && sorted[end] >>> ROW_BITS == sorted[start] >>> ROW_BITS) {
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

  private static long[] keptByTime(BucketRows rows, BitSet dropped) {
    long[] all = new long[rows.size()];
    rows.eachTimeMicros(
        (first, times, count) -> {
          for (int i = 0; i < count; i++) {
            // The time within the hour takes 32 bits, unsigned; the rest is the row.
            all[first + i] = (Math.floorMod(times[i], HOUR_MICROS) << ROW_BITS) | (first + i);
          }
        });
    int kept = 0;
    for (int row = 0; row < all.length; row++) {
      if (!dropped.get(row)) {
        all[kept++] = all[row];
      }
    }
    return kept == all.length ? all : Arrays.copyOf(all, kept);
  }

  /** Sorts by the bits above the row, the lowest first; returns the array or a new one. */
  private static long[] sortByTime(long[] rows) {
    if (rows.length < MANY) {
      Arrays.sort(rows);
      return rows;
    }
    long[] from = rows;
    long[] to = new long[rows.length];
    for (int shift = ROW_BITS; shift < ROW_BITS + TIME_BITS; shift += DIGIT_BITS) {
      int[] ends = new int[(1 << DIGIT_BITS) + 1];
      for (long row : from) {
        ends[digit(row, shift) + 1]++;
      }
      for (int i = 1; i < ends.length; i++) {
        ends[i] += ends[i - 1];
      }
      for (long row : from) {
        to[ends[digit(row, shift)]++] = row;
      }
      long[] swapped = from;
      from = to;
      to = swapped;
    }
    return from;
  }

  private static int digit(long row, int shift) {
    return (int) (row >>> shift) & ((1 << DIGIT_BITS) - 1);
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
