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

  /** Rows of a part, on average: its table is a fraction of a core's cache. */
  private static final int ROWS_OF_PART = 1 << 14;

  private final BucketRows rows;
  private final BitSet dropped = new BitSet();

  private DropDuplicates(BucketRows rows) {
    this.rows = rows;
  }

  /** The rows to drop. All rows of a bucket are of one event hour. */
  public static BitSet among(BucketRows rows) {
    return new DropDuplicates(rows).find();
  }

  /** Part by part, by the keys' highest bits: equal keys are in one part. */
  private BitSet find() {
    int bits = Integer.SIZE - Integer.numberOfLeadingZeros(rows.size() / ROWS_OF_PART);
    int[] ends = new int[(1 << bits) + 1];
    for (int row = 0; row < rows.size(); row++) {
      ends[part(rows.duplicateKey(row), bits) + 1]++;
    }
    int most = 0;
    for (int part = 1; part < ends.length; part++) {
      most = Math.max(most, ends[part]);
      ends[part] += ends[part - 1];
    }
    int[] inParts = new int[rows.size()];
    for (int row = 0; row < rows.size(); row++) {
      inParts[ends[part(rows.duplicateKey(row), bits)]++] = row;
    }
    // A slot holds a row and, above it, its key's lower half: most other rows are told apart by it.
    long[] table = new long[Integer.highestOneBit(Math.max(16, 2 * most - 1)) << 1];
    int from = 0;
    for (int part = 0; part < ends.length - 1; part++) {
      int to = ends[part];
      Arrays.fill(table, FREE);
      for (int i = from; i < to; i++) {
        if (rows.hasId(inParts[i])) {
          place(inParts[i], table);
        }
      }
      from = to;
    }
    return dropped;
  }

  private static int part(long key, int bits) {
    return bits == 0 ? 0 : (int) (key >>> (Long.SIZE - bits));
  }

  private void place(int row, long[] table) {
    int mask = table.length - 1;
    long key = rows.duplicateKey(row);
    long entry = key << Integer.SIZE | row;
    // The low bits chose the bucket and the highest ones the part: these are independent of both.
    int slot = (int) (key >>> 20) & mask;
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
