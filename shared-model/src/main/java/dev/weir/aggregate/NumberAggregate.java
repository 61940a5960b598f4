package dev.weir.aggregate;

import java.math.BigInteger;
import java.util.Objects;

/**
 * Count, exact sum, extremes and, where measured, percentile bins of one number's present values,
 * all in scaled units.
 *
 * <p>The sum has 128 bits; a sum or count that does not fit is an {@link ArithmeticException},
 * never a wrapped value. The average is derived by the reader and never stored. Not thread safe;
 * adding allocates only where {@link LogLinearBins} does.
 */
public final class NumberAggregate {

  private static final int SUM_BITS = 128;

  private long count;
  private long sumHigh;
  private long sumLow;
  private long min = Long.MAX_VALUE;
  private long max = Long.MIN_VALUE;
  private final LogLinearBins bins;

  NumberAggregate(boolean percentiles) {
    this.bins = percentiles ? new LogLinearBins() : null;
  }

  private NumberAggregate(LogLinearBins bins) {
    this.bins = bins;
  }

  /**
   * Takes parts that are known to belong together; while {@code count} is 0 the extremes are the
   * neutral ones.
   */
  NumberAggregate(long count, long sumHigh, long sumLow, long min, long max, LogLinearBins bins) {
    this.count = count;
    this.sumHigh = sumHigh;
    this.sumLow = sumLow;
    this.min = min;
    this.max = max;
    this.bins = bins;
  }

  /**
   * Restores an aggregate from the values a database row holds.
   *
   * @param min ignored when {@code count} is 0, as are {@code max} and {@code sum}
   * @param bins the bins of {@link LogLinearBins#bins()}, or null when percentiles are not measured
   * @param binCounts the counts of the bins, null exactly when {@code bins} is
   * @throws IllegalArgumentException if the values contradict each other
   * @throws ArithmeticException if the sum needs more than 128 bits
   */
  public static NumberAggregate of(
      long count, BigInteger sum, long min, long max, int[] bins, long[] binCounts) {
    if (count < 0) {
      throw new IllegalArgumentException("the count " + count + " is negative");
    }
    if ((bins == null) != (binCounts == null)) {
      throw new IllegalArgumentException(
          "bins and their counts must both be present or both be absent");
    }
    NumberAggregate result =
        new NumberAggregate(bins == null ? null : LogLinearBins.of(bins, binCounts));
    if (bins != null && result.bins.total() != count) {
      throw new IllegalArgumentException(
          "the bins hold " + result.bins.total() + " values, the count is " + count);
    }
    if (count > 0) {
      if (sum.bitLength() >= SUM_BITS) {
        throw new ArithmeticException("the sum " + sum + " does not fit 128 bits");
      }
      result.count = count;
      result.sumHigh = sum.shiftRight(Long.SIZE).longValue();
      result.sumLow = sum.longValue();
      result.min = min;
      result.max = max;
      result.requirePlausible();
    }
    return result;
  }

  private void requirePlausible() {
    BigInteger n = BigInteger.valueOf(count);
    BigInteger sum = sum();
    if (min > max
        || sum.compareTo(n.multiply(BigInteger.valueOf(min))) < 0
        || sum.compareTo(n.multiply(BigInteger.valueOf(max))) > 0) {
      throw new IllegalArgumentException(
          count + " values between " + min + " and " + max + " cannot have the sum " + sum);
    }
    if (bins != null) {
      int[] present = bins.bins();
      if (present[0] != LogLinearBins.binOf(min)
          || present[present.length - 1] != LogLinearBins.binOf(max)) {
        throw new IllegalArgumentException(
            "the bins "
                + present[0]
                + " to "
                + present[present.length - 1]
                + " do not match min "
                + min
                + " and max "
                + max);
      }
    }
  }

  void add(long value) {
    addToSum(value >> 63, value);
    count = Math.addExact(count, 1);
    if (value < min) {
      min = value;
    }
    if (value > max) {
      max = value;
    }
    if (bins != null) {
      bins.add(value);
    }
  }

  void merge(NumberAggregate other) {
    if (other.count == 0) {
      return;
    }
    merge(other.count, other.sumHigh, other.sumLow, other.min, other.max);
    if (bins != null) {
      bins.merge(other.bins);
    }
  }

  /** Takes in all but the bins of one value or more. */
  void merge(long otherCount, long high, long low, long otherMin, long otherMax) {
    long mergedCount = Math.addExact(count, otherCount);
    addToSum(high, low);
    count = mergedCount;
    min = Math.min(min, otherMin);
    max = Math.max(max, otherMax);
  }

  private void addToSum(long high, long low) {
    long newLow = sumLow + low;
    long carry = Long.compareUnsigned(newLow, low) < 0 ? 1 : 0;
    long newHigh = sumHigh + high + carry;
    if (((sumHigh ^ newHigh) & (high ^ newHigh)) < 0) {
      throw new ArithmeticException(
          "the sum of " + sum() + " and " + join(high, low) + " does not fit 128 bits");
    }
    sumHigh = newHigh;
    sumLow = newLow;
  }

  /** How many values were present. */
  public long count() {
    return count;
  }

  /** The exact sum of the present values; 0 while there are none. */
  public BigInteger sum() {
    return join(sumHigh, sumLow);
  }

  /** The upper 64 bits of the sum, signed. */
  public long sumHigh() {
    return sumHigh;
  }

  /** The lower 64 bits of the sum, unsigned. */
  public long sumLow() {
    return sumLow;
  }

  /** The smallest value; without meaning while {@link #count()} is 0. */
  public long min() {
    return min;
  }

  /** The largest value; without meaning while {@link #count()} is 0. */
  public long max() {
    return max;
  }

  /** The bins, for reading only, or null when percentiles are not measured. */
  public LogLinearBins bins() {
    return bins;
  }

  private static BigInteger join(long high, long low) {
    BigInteger lower = BigInteger.valueOf(low & Long.MAX_VALUE);
    return BigInteger.valueOf(high)
        .shiftLeft(Long.SIZE)
        .add(low < 0 ? lower.setBit(Long.SIZE - 1) : lower);
  }

  NumberAggregate copy() {
    LogLinearBins copiedBins = bins == null ? null : bins.copy();
    return new NumberAggregate(count, sumHigh, sumLow, min, max, copiedBins);
  }

  void clear() {
    count = 0;
    sumHigh = 0;
    sumLow = 0;
    min = Long.MAX_VALUE;
    max = Long.MIN_VALUE;
    if (bins != null) {
      bins.clear();
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof NumberAggregate that
        && count == that.count
        && sumHigh == that.sumHigh
        && sumLow == that.sumLow
        && min == that.min
        && max == that.max
        && Objects.equals(bins, that.bins);
  }

  @Override
  public int hashCode() {
    return Objects.hash(count, sumHigh, sumLow, min, max, bins);
  }

  @Override
  public String toString() {
    return count == 0
        ? "no value"
        : "count " + count + " sum " + sum() + " min " + min + " max " + max + " " + bins;
  }
}
