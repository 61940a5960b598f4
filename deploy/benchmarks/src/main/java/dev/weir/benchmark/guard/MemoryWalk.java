package dev.weir.benchmark.guard;

/**
 * The guard's second yardstick: from place to place of a table that fits in no core's cache. A
 * stage that looks events up in a large table waits for memory much of its time, and a machine
 * whose memory is slow shows that less in {@link ReferenceLoop}.
 *
 * <p>Frozen: whoever changes a line here must write a new baseline. Not thread safe.
 */
public final class MemoryWalk {
  /** Knuth's MMIX generator: every place comes, in no order that a core could foresee. */
  private static final long FACTOR = 6364136223846793005L;

  private static final long SUMMAND = 1442695040888963407L;

  /** 32 MiB of longs, about what the guard's fingerprints take. */
  private static final int PLACE_BITS = 22;

  private final long[] table = new long[1 << PLACE_BITS];
  private long position;

  /** Goes to one place for each record; each next one depends on what was found at the last. */
  public long run(int records) {
    for (int i = 0; i < records; i++) {
      int place = (int) (position >>> (Long.SIZE - PLACE_BITS));
      long found = table[place];
      table[place] = position;
      position = (position ^ (found & 1)) * FACTOR + SUMMAND;
    }
    return position;
  }
}
