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
 * Adding allocates only when a bin is seen for the first time.
 */
public final class LogLinearBins {

  /** The bin that holds {@link Long#MIN_VALUE} and nothing else. */
  public static final int MIN_BIN = -3712;

  /** The bin that holds {@link Long#MAX_VALUE}. */
  public static final int MAX_BIN = 3711;

  private static final int SUB_BIN_BITS = 6;
  private static final int SUB_BINS = 1 << SUB_BIN_BITS;
  private static final int SMALLEST_CAPACITY = 8;

  /** 2^32 divided by the golden ratio: neighbouring bins land far apart. */
  private static final int SPREAD = 0x9E3779B9;

  // Open addressing with linear probing; a slot is free while its count is zero. At most half of
  // the slots are taken.
  private short[] slotBins;
  private long[] slotCounts;
  private int hashShift;
  private int size;

  /** No value yet. */
  public LogLinearBins() {
    allocate(SMALLEST_CAPACITY);
  }

  private LogLinearBins(int expectedBins) {
    allocate(
        Math.max(SMALLEST_CAPACITY, Integer.highestOneBit(Math.max(1, 2 * expectedBins - 1)) << 1));
  }

  private LogLinearBins(LogLinearBins other) {
    slotBins = other.slotBins.clone();
    slotCounts = other.slotCounts.clone();
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
    for (int slot = 0; slot < other.slotCounts.length; slot++) {
      if (other.slotCounts[slot] != 0) {
        add(other.slotBins[slot], other.slotCounts[slot]);
      }
    }
  }

  void add(int bin, long count) {
    int mask = slotCounts.length - 1;
    int slot = (bin * SPREAD) >>> hashShift;
    while (true) {
      long present = slotCounts[slot];
      if (present == 0) {
        slotBins[slot] = (short) bin;
        slotCounts[slot] = count;
        size++;
        if (2 * size > slotCounts.length) {
          grow();
        }
        return;
      }
      if (slotBins[slot] == bin) {
        slotCounts[slot] = Math.addExact(present, count);
        return;
      }
      slot = (slot + 1) & mask;
    }
  }

  /** The non-zero bins, ascending: the order of their values. */
  public int[] bins() {
    int[] bins = new int[size];
    int next = 0;
    for (int slot = 0; slot < slotCounts.length; slot++) {
      if (slotCounts[slot] != 0) {
        bins[next++] = slotBins[slot];
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
    for (int slot = 0; slot < slotCounts.length; slot++) {
      if (slotCounts[slot] != 0) {
        // Ordered like the bins; there are fewer than 2^16 slots.
        bins[next++] = (slotBins[slot] << 16) | slot;
      }
    }
    Arrays.sort(bins, 0, next);
    for (int i = 0; i < next; i++) {
      counts[i] = slotCounts[bins[i] & 0xFFFF];
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
    int mask = slotCounts.length - 1;
    int slot = (bin * SPREAD) >>> hashShift;
    while (slotCounts[slot] != 0 && slotBins[slot] != bin) {
      slot = (slot + 1) & mask;
    }
    return slotCounts[slot];
  }

  /** How many values were counted. */
  public long total() {
    long total = 0;
    for (long count : slotCounts) {
      total = Math.addExact(total, count);
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

  /** Forgets all counts and keeps the memory. */
  public void clear() {
    Arrays.fill(slotCounts, 0);
    size = 0;
  }

  static LogLinearBins expecting(int bins) {
    return new LogLinearBins(bins);
  }

  private void allocate(int capacity) {
    slotBins = new short[capacity];
    slotCounts = new long[capacity];
    hashShift = Integer.numberOfLeadingZeros(capacity) + 1;
  }

  private void grow() {
    short[] oldBins = slotBins;
    long[] oldCounts = slotCounts;
    allocate(2 * oldCounts.length);
    size = 0;
    for (int slot = 0; slot < oldCounts.length; slot++) {
      if (oldCounts[slot] != 0) {
        add(oldBins[slot], oldCounts[slot]);
      }
    }
  }

  @Override
  public boolean equals(Object other) {
    if (!(other instanceof LogLinearBins that) || size != that.size) {
      return false;
    }
    for (int slot = 0; slot < slotCounts.length; slot++) {
      if (slotCounts[slot] != 0 && that.countOf(slotBins[slot]) != slotCounts[slot]) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int hashCode() {
    int hash = 0;
    for (int slot = 0; slot < slotCounts.length; slot++) {
      // A sum, so that the order of the slots does not matter; free slots add nothing.
      hash +=
          slotCounts[slot] == 0 ? 0 : (slotBins[slot] * SPREAD) ^ Long.hashCode(slotCounts[slot]);
    }
    return hash;
  }

  @Override
  public String toString() {
    int[] bins = bins();
    return "bins " + Arrays.toString(bins) + " counts " + Arrays.toString(counts(bins));
  }
}
