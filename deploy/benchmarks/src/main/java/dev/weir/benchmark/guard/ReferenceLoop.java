package dev.weir.benchmark.guard;

import java.util.Arrays;

/**
 * The first yardstick of the guard: work of the same kind as the job's (branching on bytes,
 * hashing, a look-up that misses the cache, a small copy), which has nothing to do with the job's
 * code. A machine that is half as fast is so for both, and their ratio stays.
 *
 * <p>Frozen: whoever changes a line here must write a new baseline. Not thread safe.
 */
public final class ReferenceLoop {
  private static final long OFFSET_BASIS = 0xcbf29ce484222325L;
  private static final long PRIME = 0x100000001b3L;

  /** Eight MiB of longs. */
  private static final int PLACE_BITS = 20;

  private static final int KEPT = 1024;
  private static final int KEPT_BYTES = 64;

  private final long[] table = new long[1 << PLACE_BITS];
  private final byte[][] kept = new byte[KEPT][];
  private int next;

  /** Works on each record; what it returns depends on every byte, so that no work is left out. */
  public long run(Iterable<byte[]> records) {
    long sum = 0;
    for (byte[] record : records) {
      sum += work(record);
    }
    return sum;
  }

  private long work(byte[] record) {
    long hash = OFFSET_BASIS;
    long number = 0;
    boolean quoted = false;
    for (byte b : record) {
      if (b == '"') {
        quoted = !quoted;
      } else if (quoted) {
        hash = (hash ^ b) * PRIME;
      } else if (b >= '0' && b <= '9') {
        number = 10 * number + (b - '0');
      }
    }
    int place = (int) (hash >>> (Long.SIZE - PLACE_BITS));
    if (table[place] == hash) {
      number++;
    }
    table[place] = hash;
    kept[next++ % KEPT] = Arrays.copyOf(record, Math.min(record.length, KEPT_BYTES));
    return hash ^ number;
  }
}
