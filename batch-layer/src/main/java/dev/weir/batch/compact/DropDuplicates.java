package dev.weir.batch.compact;

import dev.weir.batch.read.BucketRows;
import java.util.Arrays;
import java.util.BitSet;

/**
 * Finds the duplicates among a bucket's rows: same source, event id and event hour. The earliest by
 * commit, partition and offset stays. Exact: equal keys are confirmed by comparing the texts.
 * Events without an id are never duplicates.
 *
 * <p>The rows themselves lie far apart, so nothing is looked up in them before two keys agree: a
 * row is sought by an entry that holds half of its key and, below, its number.
 */
public final class DropDuplicates {
  private static final long FREE = -1;
  private static final long ROW = 0x7FFF_FFFFL;

  /** Rows of a part, on average: its table is a fraction of a core's cache. */
  private static final int ROWS_OF_PART = 1 << 13;

  private static final int SPREAD = 0x9E3779B1;

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
    rows.eachDuplicateKey(
        (first, keys, count) -> {
          for (int i = 0; i < count; i++) {
            ends[part(keys[i], bits) + 1]++;
          }
        });
    int most = 0;
    for (int part = 1; part < ends.length; part++) {
      most = Math.max(most, ends[part]);
      ends[part] += ends[part - 1];
    }
    long[] entries = new long[rows.size()];
    rows.eachDuplicateKey(
        (first, keys, count) -> {
          for (int i = 0; i < count; i++) {
            entries[ends[part(keys[i], bits)]++] = keys[i] << Integer.SIZE | (first + i);
          }
        });
    BitSet withoutId = rows.withoutId();
    int tableBits = Integer.SIZE - Integer.numberOfLeadingZeros(Math.max(16, 2 * most - 1));
    long[] table = new long[1 << tableBits];
    int from = 0;
    for (int part = 0; part < ends.length - 1; part++) {
      int to = ends[part];
      Arrays.fill(table, FREE);
      for (int i = from; i < to; i++) {
        if (!withoutId.get((int) (entries[i] & ROW))) {
          place(entries[i], table, Integer.SIZE - tableBits);
        }
      }
      from = to;
    }
    return dropped;
  }

  private static int part(long key, int bits) {
    return bits == 0 ? 0 : (int) (key >>> (Long.SIZE - bits));
  }

  private void place(long entry, long[] table, int shift) {
    int mask = table.length - 1;
    // The lowest bits chose the bucket: all of the half go into the place.
    int slot = ((int) (entry >>> Integer.SIZE) * SPREAD) >>> shift;
    while (table[slot] != FREE) {
      if ((table[slot] ^ entry) >>> Integer.SIZE == 0) {
        int row = (int) (entry & ROW);
        int other = (int) (table[slot] & ROW);
        if (rows.sameEvent(other, row)) {
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
