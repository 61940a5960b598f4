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
  private static final long FREE = -1;
  private static final long ROW = 0x7FFF_FFFFL;

  private DropDuplicates() {}

  /** The rows to drop. All rows of a bucket are of one event hour. */
  public static BitSet among(BucketRows rows) {
    BitSet dropped = new BitSet(rows.size());
    int slots = Integer.highestOneBit(Math.max(16, 2 * rows.size() - 1)) << 1;
    // A slot holds a row and, above it, its key's lower half: most other rows are told apart by it.
    long[] table = new long[slots];
    Arrays.fill(table, FREE);
    for (int row = 0; row < rows.size(); row++) {
      if (rows.hasId(row)) {
        place(rows, row, table, dropped);
      }
    }
    return dropped;
  }

  private static void place(BucketRows rows, int row, long[] table, BitSet dropped) {
    int mask = table.length - 1;
    long key = rows.duplicateKey(row);
    long entry = key << Integer.SIZE | row;
    // The low bits chose the bucket, so within one they say little; these are independent of them.
    int slot = (int) (key >>> Integer.SIZE) & mask;
    while (table[slot] != FREE) {
      if ((table[slot] ^ entry) >>> Integer.SIZE == 0) {
        int other = (int) (table[slot] & ROW);
        if (rows.duplicateKey(other) == key && rows.sameEvent(other, row)) {
          boolean earlier = rows.compareArrival(row, other) < 0;
          dropped.set(earlier ? other : row);
          if (earlier) {
            table[slot] = entry;
          }
          return;
        }
      }
      slot = (slot + 1) & mask;
    }
    table[slot] = entry;
  }
}
