package dev.weir.benchmark.peer.limit;

/** One minute of one series: exact totals and a histogram of 64 buckets for each power of two. */
final class SeriesTotals {
  private static final int MANTISSA_BITS_DROPPED = 46;
  private static final int BUCKETS_PER_POWER = 64;

  /** From 2^-8 to 2^24. */
  private static final int FIRST_BUCKET = (1023 - 8) * BUCKETS_PER_POWER;

  private static final int BUCKETS = 32 * BUCKETS_PER_POWER;

  private long count;
  private double sum;
  private double min = Double.MAX_VALUE;
  private double max = -Double.MAX_VALUE;
  private final int[] histogram = new int[BUCKETS];

  void add(double value) {
    count++;
    sum += value;
    min = Math.min(min, value);
    max = Math.max(max, value);
    int bucket = (int) (Double.doubleToRawLongBits(value) >>> MANTISSA_BITS_DROPPED) - FIRST_BUCKET;
    histogram[Math.max(0, Math.min(BUCKETS - 1, bucket))]++;
  }

  void add(SeriesTotals other) {
    count += other.count;
    sum += other.sum;
    min = Math.min(min, other.min);
    max = Math.max(max, other.max);
    for (int i = 0; i < BUCKETS; i++) {
      histogram[i] += other.histogram[i];
    }
  }

  long count() {
    return count;
  }

  double sum() {
    return sum;
  }

  double min() {
    return min;
  }

  double max() {
    return max;
  }

  /** Lower bound of the bucket that holds the 95th percentile. */
  double p95() {
    double needed = count * 0.95;
    int bucket = 0;
    long seen = histogram[0];
    while (bucket < BUCKETS - 1 && seen < needed) {
      seen += histogram[++bucket];
    }
    return Double.longBitsToDouble((long) (bucket + FIRST_BUCKET) << MANTISSA_BITS_DROPPED);
  }
}
