package dev.weir.aggregate;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.OptionalLong;

/**
 * Counts of scaled values in log-linear bins, from which percentiles are read with a relative error
 * of at most 1/128 (0.79 %).
 *
 * <p>As in HdrHistogram every octave {@code [2^k, 2^(k+1))} of the magnitude is cut into 64 bins of
 * equal width; magnitudes below 128 have a bin each. A bin's id is the magnitude's place in that
 * sequence with the value's sign, so ids are ordered like values, run from {@value #MIN_BIN} to
 * {@value #MAX_BIN}, and 0 is the bin of zero alone. Only integers are involved: no logarithm, no
 * rounding.
 *
 * <p>Canonical form: the non-zero bins in ascending order with their counts. Not thread safe.
 * Adding allocates only when a bin is seen for the first time, and once for counts beyond 65,535.
 */
public final class LogLinearBins {

  /** The bin that holds {@link Long#MIN_VALUE} and nothing else. */
  public static final int MIN_BIN = -3712;

  /** The bin that holds {@link Long#MAX_VALUE}. */
  public static final int MAX_BIN = 3711;

  private static final int SUB_BIN_BITS = 6;
  private static final int SUB_BINS = 1 << SUB_BIN_BITS;
  private static final int SMALLEST_CAPACITY = 4;

  /** 2^32 divided by the golden ratio: neighbouring bins land far apart. */
  private static final int SPREAD = 0x9E3779B9;

  /** The part of a slot that counts; the bin is above it. */
  private static final int COUNT_BITS = 16;

  private static final int COUNT_MASK = (1 << COUNT_BITS) - 1;

  // Open addressing with linear probing. A slot holds a bin and a count from 1 to 65,535, or 0
  // while it is free: a minute's bins are few cache lines. What a count has beyond that is in the
  // array beside, null while there is nothing. At most three quarters of the slots are taken.
  private int[] slots;
  private long[] carried;
  private int hashShift;
  private int size;

  /** No value yet. */
  public LogLinearBins() {
    allocate(SMALLEST_CAPACITY);
  }

  private LogLinearBins(int expectedBins) {
    int capacity = SMALLEST_CAPACITY;
    while (isCrowded(expectedBins, capacity)) {
      capacity *= 2;
    }
    allocate(capacity);
  }

  private LogLinearBins(LogLinearBins other) {
    slots = other.slots.clone();
    carried = other.carried == null ? null : other.carried.clone();
    hashShift = other.hashShift;
    size = other.size;
  }

  /**
   * Restores bins from their canonical form.
   *
   * @throws IllegalArgumentException if the arrays differ in length, the bins do not ascend or do
   *     not exist, a count is not positive, or the total does not fit a long
   */
  public static LogLinearBins of(int[] bins, long[] counts) {
    if (bins.length != counts.length) {
      throw new IllegalArgumentException(bins.length + " bins, but " + counts.length + " counts");
    }
    LogLinearBins result = new LogLinearBins(bins.length);
    long total = 0;
    for (int i = 0; i < bins.length; i++) {
      if (bins[i] < MIN_BIN || bins[i] > MAX_BIN) {
        throw new IllegalArgumentException(
            "bin " + bins[i] + " is outside " + MIN_BIN + " to " + MAX_BIN);
      }
      if (i > 0 && bins[i] <= bins[i - 1]) {
        throw new IllegalArgumentException(
            "bin " + bins[i] + " follows " + bins[i - 1] + ": bins must ascend");
      }
      if (counts[i] <= 0) {
        throw new IllegalArgumentException(
            "bin " + bins[i] + " has count " + counts[i] + ": only non-zero bins are kept");
      }
      total += counts[i];
      if (total < 0) {
        throw new IllegalArgumentException("the counts of the bins add up to more than 2^63 - 1");
      }
      result.add(bins[i], counts[i]);
    }
    return result;
  }

  /** Counts one value. */
  public void add(long scaledValue) {
    add(binOf(scaledValue), 1);
  }

  /**
   * Adds the other's counts to these; the other stays as it is.
   *
   * @throws ArithmeticException if a count does not fit a long
   */
  public void merge(LogLinearBins other) {
    for (int slot = 0; slot < other.slots.length; slot++) {
      if (other.slots[slot] != 0) {
        add(other.binIn(slot), other.countIn(slot));
      }
    }
  }

  void add(int bin, long count) {
    int slot = slotOf(bin);
    int present = slots[slot];
    if (count <= COUNT_MASK - (present & COUNT_MASK)) {
      slots[slot] = ((bin << COUNT_BITS) | (present & COUNT_MASK)) + (int) count;
    } else {
      carry(bin, slot, count);
    }
    if (present == 0) {
      size++;
      if (isCrowded(size, slots.length)) {
        grow();
      }
    }
  }

  /** The slot of a bin, or the free one where it would be. */
  private int slotOf(int bin) {
    int mask = slots.length - 1;
    int slot = (bin * SPREAD) >>> hashShift;
    while (slots[slot] != 0 && binIn(slot) != bin) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private int binIn(int slot) {
    return slots[slot] >> COUNT_BITS;
  }

  private long countIn(int slot) {
    return countIn(slots, carried, slot);
  }

  private static long countIn(int[] slots, long[] carried, int slot) {
    return (slots[slot] & COUNT_MASK) + (carried == null ? 0 : carried[slot]);
  }

  /** Counts more than there is room for in the slot, which is not free afterwards. */
  private void carry(int bin, int slot, long count) {
    long total = Math.addExact(countIn(slot), count);
    if (carried == null) {
      carried = new long[slots.length];
    }
    // With a full slot whatever else is counted comes here, too, where what does not fit is seen.
    int kept = total > Long.MAX_VALUE - COUNT_MASK ? COUNT_MASK : 1;
    carried[slot] = total - kept;
    slots[slot] = (bin << COUNT_BITS) | kept;
  }

  /** The non-zero bins, ascending: the order of their values. */
  public int[] bins() {
    int[] bins = new int[size];
    int next = 0;
    for (int slot = 0; slot < slots.length; slot++) {
      if (slots[slot] != 0) {
        bins[next++] = binIn(slot);
      }
    }
    Arrays.sort(bins);
    return bins;
  }

  /** The counts that belong to {@link #bins()}, in the same order. */
  public long[] counts() {
    return counts(bins());
  }

  /**
   * Copies the non-zero bins, ascending, and their counts to the beginning of two arrays, each of
   * at least {@link #size} elements. Allocates nothing.
   */
  public void copyTo(int[] bins, long[] counts) {
    int next = 0;
    for (int slot = 0; slot < slots.length; slot++) {
      if (slots[slot] != 0) {
        // Ordered like the bins; there are fewer than 2^16 slots.
        bins[next++] = (binIn(slot) << 16) | slot;
      }
    }
    Arrays.sort(bins, 0, next);
    for (int i = 0; i < next; i++) {
      counts[i] = countIn(bins[i] & 0xFFFF);
      bins[i] >>= 16;
    }
  }

  long[] counts(int[] bins) {
    long[] counts = new long[bins.length];
    for (int i = 0; i < bins.length; i++) {
      counts[i] = countOf(bins[i]);
    }
    return counts;
  }

  private long countOf(int bin) {
    return countIn(slotOf(bin));
  }

  /** How many values were counted. */
  public long total() {
    long total = 0;
    for (int slot = 0; slot < slots.length; slot++) {
      total = Math.addExact(total, countIn(slot));
    }
    return total;
  }

  /** How many bins are not zero. */
  public int size() {
    return size;
  }

  /** Whether no value was counted. */
  public boolean isEmpty() {
    return size == 0;
  }

  /**
   * The nearest-rank percentile: the representative of the bin that holds the value of rank {@code
   * ceil(fraction * n)}, counted from 1. The fraction 0 asks for the smallest value. Empty while
   * nothing was counted.
   *
   * @throws IllegalArgumentException if the fraction is below 0 or above 1
   */
  public OptionalLong percentile(BigDecimal fraction) {
    if (fraction.signum() < 0 || fraction.compareTo(BigDecimal.ONE) > 0) {
      throw new IllegalArgumentException(
          "the fraction " + fraction.toPlainString() + " is outside 0 to 1");
    }
    if (size == 0) {
      return OptionalLong.empty();
    }
    BigInteger rank =
        fraction
            .multiply(BigDecimal.valueOf(total()))
            .setScale(0, RoundingMode.CEILING)
            .toBigIntegerExact();
    long remaining = Math.max(1, rank.longValueExact());
    int[] bins = bins();
    int i = 0;
    for (long count = countOf(bins[0]); count < remaining; count = countOf(bins[i])) {
      remaining -= count;
      i++;
    }
    return OptionalLong.of(representative(bins[i]));
  }

  /** The bin of a scaled value. */
  public static int binOf(long scaledValue) {
    // Long.MIN_VALUE stays as it is, which read without a sign is its magnitude.
    long magnitude = Math.abs(scaledValue);
    int shift = Math.max(0, Long.SIZE - 1 - SUB_BIN_BITS - Long.numberOfLeadingZeros(magnitude));
    int index = (shift << SUB_BIN_BITS) + (int) (magnitude >>> shift);
    int sign = (int) (scaledValue >> 63);
    return (index ^ sign) - sign;
  }

  /** The smallest scaled value of a bin. */
  public static long lowerBound(int bin) {
    requireBin(bin);
    return bin >= 0
        ? smallestMagnitude(bin)
        : bin == MIN_BIN ? Long.MIN_VALUE : -largestMagnitude(-bin);
  }

  /** The largest scaled value of a bin. */
  public static long upperBound(int bin) {
    requireBin(bin);
    // The magnitude of MIN_BIN wraps to Long.MIN_VALUE, and negating leaves it there: the right
    // answer.
    return bin >= 0 ? largestMagnitude(bin) : -smallestMagnitude(-bin);
  }

  /**
   * The scaled value that stands for a bin: its middle, rounded away from zero. Every value of the
   * bin differs from it by at most 1/128 of the value.
   */
  public static long representative(int bin) {
    requireBin(bin);
    if (bin == MIN_BIN) {
      return Long.MIN_VALUE;
    }
    int index = Math.abs(bin);
    long middle = smallestMagnitude(index) + (width(index) >> 1);
    return bin < 0 ? -middle : middle;
  }

  private static long smallestMagnitude(int index) {
    return index < SUB_BINS
        ? index
        : ((long) (SUB_BINS + index % SUB_BINS)) << (index / SUB_BINS - 1);
  }

  private static long largestMagnitude(int index) {
    return smallestMagnitude(index) + width(index) - 1;
  }

  private static long width(int index) {
    return index < SUB_BINS ? 1 : 1L << (index / SUB_BINS - 1);
  }

  private static void requireBin(int bin) {
    if (bin < MIN_BIN || bin > MAX_BIN) {
      throw new IllegalArgumentException(
          "bin " + bin + " is outside " + MIN_BIN + " to " + MAX_BIN);
    }
  }

  /** An independent copy. */
  public LogLinearBins copy() {
    return new LogLinearBins(this);
  }

  /** Forgets all counts and keeps the memory of the bins. */
  public void clear() {
    Arrays.fill(slots, 0);
    carried = null;
    size = 0;
  }

  static LogLinearBins expecting(int bins) {
    return new LogLinearBins(bins);
  }

  private void allocate(int capacity) {
    slots = new int[capacity];
    carried = null;
    hashShift = Integer.numberOfLeadingZeros(capacity) + 1;
  }

  private static boolean isCrowded(int bins, int capacity) {
    return 4 * bins > 3 * capacity;
  }

  private void grow() {
    int[] oldSlots = slots;
    long[] oldCarried = carried;
    allocate(2 * oldSlots.length);
    size = 0;
    for (int slot = 0; slot < oldSlots.length; slot++) {
      if (oldSlots[slot] != 0) {
        add(oldSlots[slot] >> COUNT_BITS, countIn(oldSlots, oldCarried, slot));
      }
    }
  }

  @Override
  public boolean equals(Object other) {
    if (!(other instanceof LogLinearBins that) || size != that.size) {
      return false;
    }
    for (int slot = 0; slot < slots.length; slot++) {
      long count = countIn(slot);
      if (count != 0 && that.countOf(binIn(slot)) != count) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int hashCode() {
    int hash = 0;
    for (int slot = 0; slot < slots.length; slot++) {
      // A sum, so that the order of the slots does not matter; free slots add nothing.
      hash += slots[slot] == 0 ? 0 : (binIn(slot) * SPREAD) ^ Long.hashCode(countIn(slot));
    }
    return hash;
  }

  @Override
  public String toString() {
    int[] bins = bins();
    return "bins " + Arrays.toString(bins) + " counts " + Arrays.toString(counts(bins));
  }
}
