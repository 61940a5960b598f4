package dev.weir.aggregate;

/**
 * Takes what database rows hold into aggregates part by part: no aggregate is made of a row first.
 * Parts that contradict each other are an {@link IllegalArgumentException}, as where an aggregate
 * is restored from them; the aggregate they went into is then to be thrown away. Allocates only
 * where a sketch grows. Not thread safe.
 */
public final class RowMerge {
  private MinuteAggregate target;
  private long events;

  /** Begins with a row of so many events, that is to go into an aggregate. */
  public void start(MinuteAggregate into, long count) {
    target = into;
    events = count;
    target.count(count);
  }

  /**
   * Merges the i-th of the layout's numbers, which has a value at least.
   *
   * @param sumHigh the sum's upper 64 bits, signed
   * @param sumLow its lower 64 bits
   * @param bins ascending, in the first {@code size} elements; not looked at where percentiles are
   *     not measured
   * @param counts theirs
   */
  public void number(
      int i,
      long count,
      long sumHigh,
      long sumLow,
      long min,
      long max,
      int[] bins,
      long[] counts,
      int size) {
    requirePlausible(i, count, sumHigh, sumLow, min, max);
    NumberAggregate number = target.number(i);
    LogLinearBins into = number.bins();
    try {
      number.merge(count, sumHigh, sumLow, min, max);
      if (into != null) {
        requireBins(count, min, max, bins, counts, size);
        for (int bin = 0; bin < size; bin++) {
          into.add(bins[bin], counts[bin]);
        }
      }
    } catch (ArithmeticException e) {
      throw target.overflow(i, e);
    }
  }

  private void requirePlausible(int i, long count, long sumHigh, long sumLow, long min, long max) {
    if (count <= 0 || count > events) {
      throw new IllegalArgumentException(
          "number " + i + " has " + count + " values in " + events + " events");
    }
    if (min > max
        || less(sumHigh, sumLow, Math.multiplyHigh(count, min), count * min)
        || less(Math.multiplyHigh(count, max), count * max, sumHigh, sumLow)) {
      throw new IllegalArgumentException(
          count
              + " values between "
              + min
              + " and "
              + max
              + " cannot have the sum "
              + sumHigh
              + " * 2^64 + "
              + Long.toUnsignedString(sumLow));
    }
  }

  /** Whether one number of 128 bits is below another. */
  private static boolean less(long high, long low, long otherHigh, long otherLow) {
    return high != otherHigh ? high < otherHigh : Long.compareUnsigned(low, otherLow) < 0;
  }

  private static void requireBins(
      long count, long min, long max, int[] bins, long[] counts, int size) {
    long total = 0;
    boolean ascending = true;
    for (int i = 0; i < size; i++) {
      ascending &= counts[i] > 0 && (i == 0 || bins[i] > bins[i - 1]);
      total += counts[i];
      ascending &= total > 0;
    }
    if (size == 0
        || !ascending
        || total != count
        || bins[0] != LogLinearBins.binOf(min)
        || bins[size - 1] != LogLinearBins.binOf(max)) {
      throw new IllegalArgumentException(
          "the bins of " + count + " values between " + min + " and " + max + " do not match them");
    }
  }

  /** Merges the i-th of the layout's distinct counters, given as its canonical bytes. */
  public void distinct(int i, byte[] bytes, int from, int length) {
    target.distinct(i).merge(bytes, from, length);
  }
}
