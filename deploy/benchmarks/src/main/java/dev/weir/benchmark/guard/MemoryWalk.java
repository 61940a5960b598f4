package dev.weir.benchmark.guard;

/**
 * The guard's second yardstick: from place to place of a table that is larger than a core's own
 * caches. A stage that looks events up in a large table waits for what lies behind them much of its
 * time, and a machine on which that is slow shows it less in {@link ReferenceLoop}.
 *
 * <p>Frozen: whoever changes a line here must write a new baseline. Not thread safe.
 */
public final class MemoryWalk {
  /** Knuth's MMIX generator: places in no order that a core could foresee. */
  private static final long FACTOR = 6364136223846793005L;

  private static final long SUMMAND = 1442695040888963407L;

  /** 32 MiB of longs; the guard's fingerprints take some 20 MB. */
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
