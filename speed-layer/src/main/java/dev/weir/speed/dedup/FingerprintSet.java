package dev.weir.speed.dedup;

/**
 * A set of 128-bit fingerprints, each with the time slice it was remembered in. Expiry costs
 * nothing: the caller names the oldest slice that still counts, and older entries are as good as
 * absent; they are swept out when the table is next rebuilt.
 *
 * <p>Open addressing with linear probing: an entry is 16 bytes of fingerprint, so a look-up touches
 * one or two cache lines, and 4 bytes of slice in an array of their own, read together with it. The
 * place of an entry rises with its fingerprint, so that a rebuild walks both tables in order. On
 * the per-event path; allocates only when rebuilding. Not thread safe.
 */
final class FingerprintSet {
  private static final int SMALLEST_CAPACITY = 64;
  private static final double FULL = 0.75;
  private static final double AFTER_REBUILD = 0.55;

  private long[] fingerprints;
  private int[] slices;
  private int capacity;
  private int used;
  private int mostUsed;

  FingerprintSet() {
    this(0);
  }

  /**
   * @param expected entries for which it need not be rebuilt; with fewer places than that, entries
   *     that come in the order of another set would crowd at the beginning
   */
  FingerprintSet(int expected) {
    allocate((int) Math.max(SMALLEST_CAPACITY, expected / AFTER_REBUILD));
  }

  /**
   * Adds a fingerprint unless it is there and counts.
   *
   * @param slice where it belongs if it is new
   * @param oldestSlice entries of slices before this one have expired
   * @return whether it was new
   */
  boolean add(long high, long low, int slice, int oldestSlice) {
    return add(high, low, slice, oldestSlice, oldestSlice);
  }

  /**
   * Reads what {@link #add} of it will look at first, so that this need not wait for memory.
   *
   * @return something made of what was read, of no meaning
   */
  long read(long low) {
    int place = placeOf(low);
    return fingerprints[2 * place] ^ slices[place];
  }

  /**
   * Adds a fingerprint from a checkpoint. It may be there twice, kept under an expired slice and
   * under that of its next appearance, in any order: the later one holds.
   */
  void restore(long high, long low, int slice, int oldestSlice) {
    add(high, low, slice, slice, oldestSlice);
  }

  /**
   * @param renewBefore an entry of a slice before this one moves to the given slice
   */
  private boolean add(long high, long low, int slice, int renewBefore, int oldestSlice) {
    // All zero marks a free place; that fingerprint shares the memory of its neighbour.
    long first = high == 0 && low == 0 ? 1 : high;
    int place = placeOf(low);
    while (true) {
      long there = fingerprints[2 * place];
      long thereLow = fingerprints[2 * place + 1];
      if (there == first && thereLow == low) {
        boolean renewed = slices[place] < renewBefore;
        if (renewed) {
          slices[place] = slice;
        }
        return renewed;
      }
      // A free place has slice 0, too. It is looked at so that both reads wait for memory together;
      // the slice's would come with the write otherwise, after the other.
      if ((there | thereLow | slices[place]) == 0) {
        put(place, first, low, slice);
        if (++used >= mostUsed) {
          rebuild(oldestSlice);
        }
        return true;
      }
      if (++place == capacity) {
        place = 0;
      }
    }
  }

  /** Entries that take up a place, expired ones not yet swept out included. */
  int used() {
    return used;
  }

  /** Bytes of the tables, without what Java adds to an array. */
  long bytes() {
    return (long) Long.BYTES * fingerprints.length + (long) Integer.BYTES * slices.length;
  }

  /** All entries, expired ones included. */
  void forEach(Visitor visitor) {
    for (int i = 0; i < capacity; i++) {
      if (isTaken(fingerprints, i)) {
        visitor.visit(fingerprints[2 * i], fingerprints[2 * i + 1], slices[i]);
      }
    }
  }

  /** Takes an entry. */
  interface Visitor {
    void visit(long high, long low, int slice);
  }

  private int placeOf(long low) {
    return (int) (((low >>> 32) * capacity) >>> 32);
  }

  private void put(int place, long high, long low, int slice) {
    fingerprints[2 * place] = high;
    fingerprints[2 * place + 1] = low;
    slices[place] = slice;
  }

  private void rebuild(int oldestSlice) {
    long[] oldFingerprints = fingerprints;
    int[] oldSlices = slices;
    int live = 0;
    for (int i = 0; i < oldSlices.length; i++) {
      if (isTaken(oldFingerprints, i) && oldSlices[i] >= oldestSlice) {
        live++;
      }
    }
    allocate((int) Math.max(SMALLEST_CAPACITY, Math.min(live / AFTER_REBUILD, 1 << 29)));
    for (int i = 0; i < oldSlices.length; i++) {
      if (isTaken(oldFingerprints, i) && oldSlices[i] >= oldestSlice) {
        int place = placeOf(oldFingerprints[2 * i + 1]);
        while (isTaken(fingerprints, place)) {
          place = place + 1 == capacity ? 0 : place + 1;
        }
        put(place, oldFingerprints[2 * i], oldFingerprints[2 * i + 1], oldSlices[i]);
      }
    }
    used = live;
    if (used >= mostUsed) {
      throw new IllegalStateException(
          live + " events are more than one subtask can remember; raise the parallelism");
    }
  }

  private static boolean isTaken(long[] fingerprints, int place) {
    return fingerprints[2 * place] != 0 || fingerprints[2 * place + 1] != 0;
  }

  private void allocate(int places) {
    fingerprints = new long[2 * places];
    slices = new int[places];
    capacity = places;
    mostUsed = (int) (FULL * places);
  }
}
