package dev.weir.aggregate;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * A distinct counter: HyperLogLog with 2^{@value #REGISTER_BITS} registers, standard error 1.04 /
 * sqrt(4096) = 1.63 %.
 *
 * <p>An element enters as its 64-bit hash. The upper 12 bits choose a register, which keeps the
 * highest rank seen: one more than the number of zeros that the other 52 bits begin with (1 to
 * {@value #MAX_RANK}). Merging takes the maximum of every register, so order, grouping and
 * repetition do not matter.
 *
 * <p>Canonical bytes: up to {@value #MOST_SPARSE} non-zero registers as ascending entries of three
 * bytes (register as two bytes, high byte first, then the rank); otherwise {@value #DENSE_BYTES}
 * bytes, six bit planes of 512 bytes, plane k holding bit k of every rank, the first register in
 * the highest bit of the plane's first byte. The length tells the forms apart; an empty counter has
 * no bytes. Bit planes let SQL merge and count with operations on whole bit strings.
 *
 * <p>Not thread safe. Memory grows with the elements up to 4 KiB; adding allocates only while it
 * grows.
 */
public final class HyperLogLog {

  static final int REGISTER_BITS = 12;
  static final int REGISTERS = 1 << REGISTER_BITS;
  static final int MAX_RANK = Long.SIZE - REGISTER_BITS + 1;
  static final int DENSE_BYTES = RankPlanes.BYTES;

  /** With one register more the sparse form would be no smaller than the dense one. */
  static final int MOST_SPARSE = 1023;

  private static final int ENTRY_BYTES = 3;
  private static final int SMALLEST_CAPACITY = 4;
  private static final int LARGEST_CAPACITY = 512;
  private static final int SPREAD = 0x9E3779B9;

  // While few registers are taken: open addressing, a slot holds register * 256 + rank, or 0 when
  // free; null once dense.
  private int[] slots;
  private int hashShift;
  private int size;
  private byte[] dense;

  /** No element yet. */
  public HyperLogLog() {
    allocate(SMALLEST_CAPACITY);
  }

  private HyperLogLog(HyperLogLog other) {
    slots = other.slots == null ? null : other.slots.clone();
    hashShift = other.hashShift;
    size = other.size;
    dense = other.dense == null ? null : other.dense.clone();
  }

  /** The hash of an element's UTF-8 bytes: XXH64 with seed 0. Allocates nothing. */
  public static long hash(byte[] utf8, int offset, int length) {
    return XxHash64.hash(utf8, offset, length);
  }

  /** The hash of an element: that of its UTF-8 bytes. */
  public static long hash(String element) {
    byte[] utf8 = element.getBytes(StandardCharsets.UTF_8);
    return XxHash64.hash(utf8, 0, utf8.length);
  }

  /**
   * Restores a counter from its canonical bytes.
   *
   * @throws IllegalArgumentException if the bytes are not canonical
   */
  public static HyperLogLog of(byte[] canonical) {
    HyperLogLog result = new HyperLogLog();
    result.merge(canonical);
    return result;
  }

  /**
   * Takes in the elements of another counter, given as its canonical bytes.
   *
   * @throws IllegalArgumentException if the bytes are not canonical; some of its elements may be in
   *     by then
   */
  public void merge(byte[] canonical) {
    merge(canonical, 0, canonical.length);
  }

  /** The same of a part of the bytes. */
  void merge(byte[] canonical, int from, int length) {
    if (length == DENSE_BYTES) {
      byte[] ranks = RankPlanes.toRanks(canonical, from);
      requireDense(ranks);
      mergeDense(ranks);
      return;
    }
    if (length % ENTRY_BYTES != 0 || length > MOST_SPARSE * ENTRY_BYTES) {
      throw new IllegalArgumentException("a distinct counter cannot have " + length + " bytes");
    }
    expect(length / ENTRY_BYTES);
    int previous = -1;
    for (int at = from; at < from + length; at += ENTRY_BYTES) {
      int register = ((canonical[at] & 0xFF) << 8) | (canonical[at + 1] & 0xFF);
      int rank = canonical[at + 2];
      if (register <= previous || register >= REGISTERS || rank < 1 || rank > MAX_RANK) {
        throw new IllegalArgumentException(
            "a distinct counter has rank "
                + rank
                + " in register "
                + register
                + " after register "
                + previous);
      }
      raise(register, rank);
      previous = register;
    }
  }

  /** Makes room for so many registers at once, where there are none yet. */
  private void expect(int registers) {
    if (dense != null || size > 0) {
      return;
    }
    if (4 * registers > 3 * LARGEST_CAPACITY) {
      toDense();
      return;
    }
    int capacity = slots.length;
    while (4 * registers > 3 * capacity) {
      capacity *= 2;
    }
    if (capacity > slots.length) {
      allocate(capacity);
    }
  }

  private static void requireDense(byte[] ranks) {
    for (byte rank : ranks) {
      if (rank > MAX_RANK) {
        throw new IllegalArgumentException(
            "a distinct counter has rank " + rank + ", above " + MAX_RANK);
      }
    }
    int taken = taken(ranks);
    if (taken <= MOST_SPARSE) {
      throw new IllegalArgumentException(
          "a distinct counter of "
              + taken
              + " registers is in the dense form, canonical is the sparse one");
    }
  }

  private static int taken(byte[] ranks) {
    int taken = 0;
    for (byte rank : ranks) {
      // Ranks are never negative, so this is 1 for every rank but 0, without a branch.
      taken += -rank >>> 31;
    }
    return taken;
  }

  /** Counts the element with this hash. */
  public void addHash(long hash) {
    // The bit behind the last one bounds the rank when all 52 are zero.
    int rank = Long.numberOfLeadingZeros((hash << REGISTER_BITS) | (1L << (REGISTER_BITS - 1))) + 1;
    raise((int) (hash >>> (Long.SIZE - REGISTER_BITS)), rank);
  }

  /** Takes in the other's elements; the other stays as it is. */
  public void merge(HyperLogLog other) {
    if (other.dense != null) {
      mergeDense(other.dense);
    } else {
      for (int entry : other.slots) {
        if (entry != 0) {
          raise(entry >>> 8, entry & 0xFF);
        }
      }
    }
  }

  private void mergeDense(byte[] theirs) {
    toDense();
    byte[] ours = dense;
    for (int register = 0; register < REGISTERS; register++) {
      ours[register] = (byte) Math.max(ours[register], theirs[register]);
    }
  }

  private void raise(int register, int rank) {
    if (dense != null) {
      if (dense[register] < rank) {
        dense[register] = (byte) rank;
      }
      return;
    }
    int mask = slots.length - 1;
    int slot = (register * SPREAD) >>> hashShift;
    while (slots[slot] != 0) {
      if (slots[slot] >>> 8 == register) {
        slots[slot] = Math.max(slots[slot], (register << 8) | rank);
        return;
      }
      slot = (slot + 1) & mask;
    }
    slots[slot] = (register << 8) | rank;
    size++;
    if (4 * size > 3 * slots.length) {
      grow();
    }
  }

  private void grow() {
    if (slots.length == LARGEST_CAPACITY) {
      toDense();
      return;
    }
    int[] old = slots;
    allocate(2 * old.length);
    size = 0;
    for (int entry : old) {
      if (entry != 0) {
        raise(entry >>> 8, entry & 0xFF);
      }
    }
  }

  private void allocate(int capacity) {
    slots = new int[capacity];
    hashShift = Integer.numberOfLeadingZeros(capacity) + 1;
  }

  private void toDense() {
    if (dense == null) {
      dense = denseRanks();
      slots = null;
    }
  }

  private byte[] denseRanks() {
    byte[] ranks = new byte[REGISTERS];
    for (int entry : slots) {
      if (entry != 0) {
        ranks[entry >>> 8] = (byte) entry;
      }
    }
    return ranks;
  }

  /** The canonical bytes: equal counters give equal bytes, however they came about. */
  public byte[] toBytes() {
    if (dense == null) {
      return sparseBytes(sparseEntries(), size);
    }
    int taken = taken(dense);
    return taken > MOST_SPARSE
        ? RankPlanes.ofRanks(dense)
        : sparseBytes(denseEntries(taken), taken);
  }

  /** Entries by register: marking each in a bit set costs a fraction of sorting them. */
  private int[] sparseEntries() {
    long[] marked = new long[REGISTERS / Long.SIZE];
    for (int entry : slots) {
      if (entry != 0) {
        int register = entry >>> 8;
        marked[register / Long.SIZE] |= 1L << register;
      }
    }
    int[] entries = new int[size];
    int next = 0;
    for (int word = 0; word < marked.length; word++) {
      for (long bits = marked[word]; bits != 0; bits &= bits - 1) {
        entries[next++] = entryOf(word * Long.SIZE + Long.numberOfTrailingZeros(bits));
      }
    }
    return entries;
  }

  private int entryOf(int register) {
    return slots[slotOf(register)];
  }

  /** Where a register's entry is, or else a free slot. */
  private int slotOf(int register) {
    int mask = slots.length - 1;
    int slot = (register * SPREAD) >>> hashShift;
    while (slots[slot] != 0 && slots[slot] >>> 8 != register) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private int[] denseEntries(int taken) {
    // Every register is written and only a taken one is kept: no branch. The last place is a spare.
    int[] entries = new int[taken + 1];
    int next = 0;
    for (int register = 0; register < REGISTERS; register++) {
      int rank = dense[register];
      entries[next] = (register << 8) | rank;
      next += -rank >>> 31;
    }
    return entries;
  }

  private static byte[] sparseBytes(int[] entries, int size) {
    byte[] bytes = new byte[size * ENTRY_BYTES];
    for (int i = 0; i < size; i++) {
      bytes[ENTRY_BYTES * i] = (byte) (entries[i] >>> 16);
      bytes[ENTRY_BYTES * i + 1] = (byte) (entries[i] >>> 8);
      bytes[ENTRY_BYTES * i + 2] = (byte) entries[i];
    }
    return bytes;
  }

  /** The estimated number of distinct elements, rounded; 0 exactly when none was added. */
  public long estimate() {
    int[] histogram = new int[MAX_RANK + 1];
    if (dense == null) {
      histogram[0] = REGISTERS - size;
      for (int entry : slots) {
        if (entry != 0) {
          histogram[entry & 0xFF]++;
        }
      }
    } else {
      for (byte rank : dense) {
        histogram[rank]++;
      }
    }
    return CardinalityEstimate.of(histogram, REGISTER_BITS);
  }

  /** Whether no element was added. */
  public boolean isEmpty() {
    return dense == null ? size == 0 : taken(dense) == 0;
  }

  /** An independent copy. */
  public HyperLogLog copy() {
    return new HyperLogLog(this);
  }

  /** Forgets all elements and keeps the memory. */
  public void clear() {
    if (dense == null) {
      Arrays.fill(slots, 0);
      size = 0;
    } else {
      Arrays.fill(dense, (byte) 0);
    }
  }

  @Override
  public boolean equals(Object other) {
    if (!(other instanceof HyperLogLog that)) {
      return false;
    }
    if (dense != null || that.dense != null) {
      return Arrays.equals(ranks(), that.ranks());
    }
    if (size != that.size) {
      return false;
    }
    for (int entry : slots) {
      if (entry != 0 && that.slots[that.slotOf(entry >>> 8)] != entry) {
        return false;
      }
    }
    return true;
  }

  /** Every register's rank; not to be changed. */
  private byte[] ranks() {
    return dense != null ? dense : denseRanks();
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(toBytes());
  }

  @Override
  public String toString() {
    return "about " + estimate() + " distinct";
  }
}
