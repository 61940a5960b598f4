package dev.weir.benchmark.peer.limit;

/** A set of 128-bit ids: open addressing in one array, at most half full. It never forgets. */
final class IdSet {
  private static final int FIRST_SLOTS = 1 << 20;

  private long[] slots = new long[2 * FIRST_SLOTS];
  private int mask = FIRST_SLOTS - 1;
  private int size;

  /** Adds an id and returns whether it is new. */
  boolean add(long high, long low) {
    // A low half of 0 marks a free slot.
    long key = low == 0 ? 1 : low;
    if (size * 2 > mask) {
      grow();
    }
    int slot = find(high, key);
    if (slots[2 * slot] != 0) {
      return false;
    }
    slots[2 * slot] = key;
    slots[2 * slot + 1] = high;
    size++;
    return true;
  }

  /** The slot of the id, or the free one where it belongs. */
  private int find(long high, long key) {
    int slot = (int) (high ^ (high >>> 32)) & mask;
    while (slots[2 * slot] != 0 && (slots[2 * slot] != key || slots[2 * slot + 1] != high)) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void grow() {
    long[] old = slots;
    slots = new long[old.length * 2];
    mask = mask * 2 + 1;
    for (int i = 0; i < old.length; i += 2) {
      if (old[i] != 0) {
        int slot = find(old[i + 1], old[i]);
        slots[2 * slot] = old[i];
        slots[2 * slot + 1] = old[i + 1];
      }
    }
  }
}
