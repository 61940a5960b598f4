package dev.weir.benchmark.query;

import java.util.Arrays;
import java.util.Locale;
import java.util.concurrent.Callable;

/** How long something took, again and again, in milliseconds, in ascending order. */
@SuppressWarnings("ArrayRecordComponent") // made here, never compared
record Latencies(double[] sortedMillis) {

  /**
   * Measures.
   *
   * @param before what is done before each time and not counted
   */
  static Latencies of(int times, Callable<?> before, Callable<?> measured) throws Exception {
    double[] millis = new double[times];
    for (int i = 0; i < times; i++) {
      before.call();
      long start = System.nanoTime();
      measured.call();
      millis[i] = (System.nanoTime() - start) / 1e6;
    }
    Arrays.sort(millis);
    return new Latencies(millis);
  }

  /** The smallest that so many were not above (nearest rank), milliseconds. */
  double at(double fraction) {
    return sortedMillis[Math.max((int) Math.ceil(fraction * sortedMillis.length), 1) - 1];
  }

  @Override
  public String toString() {
    return String.format(Locale.ROOT, "%.1f / %.1f / %.1f", at(0.5), at(0.95), at(0.99));
  }
}
