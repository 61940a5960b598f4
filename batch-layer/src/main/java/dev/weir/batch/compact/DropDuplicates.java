package dev.weir.batch.compact;

import dev.weir.batch.read.BucketRows;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Finds the duplicates among a bucket's rows: same source, event id and event hour. The earliest by
 * commit, partition and offset stays. Exact: equal keys are confirmed by comparing the texts.
 * Events without an id are never duplicates.
 */
public final class DropDuplicates {
  private static final int FREE = -1;

  private DropDuplicates() {}

  /** The rows to drop. All rows of a bucket are of one event hour. */
  public static BitSet among(BucketRows rows) {
    BitSet dropped = new BitSet(rows.size());
    int slots = Integer.highestOneBit(Math.max(16, 2 * rows.size() - 1)) << 1;
    int[] table = new int[slots];
    Arrays.fill(table, FREE);
    for (int row = 0; row < rows.size(); row++) {
      if (rows.hasId(row)) {
        place(rows, row, table, dropped);
      }
    }
    return dropped;
  }

  private static void place(BucketRows rows, int row, int[] table, BitSet dropped) {
    int mask = table.length - 1;
    long key = rows.duplicateKey(row);
    // The low bits chose the bucket, so within one they say little; these are independent of them.
    int slot = (int) (key >>> 32) & mask;
    while (table[slot] != FREE) {
      int other = table[slot];
      if (rows.duplicateKey(other) == key && rows.sameEvent(other, row)) {
        boolean earlier = rows.compareArrival(row, other) < 0;
        dropped.set(earlier ? other : row);
        if (earlier) {
          table[slot] = row;
        }
        return;
      }
      slot = (slot + 1) & mask;
    }
    table[slot] = row;
  }
}
