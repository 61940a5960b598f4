package dev.weir.benchmark.freshness;

import dev.weir.benchmark.freshness.Probes.Probe;
import java.util.Arrays;
import java.util.List;

/**
 * The latencies of the probes that were seen, in order.
 *
 * @param missing how many were not seen
 */
@SuppressWarnings("ArrayRecordComponent") // made here, never compared
record Percentiles(double[] sortedMillis, int missing) {

  static Percentiles of(List<Probe> probes) {
    double[] millis =
        probes.stream()
            .flatMap(probe -> probe.latencyNanos().stream())
            .mapToDouble(nanos -> nanos / 1e6)
            .toArray();
    Arrays.sort(millis);
    return new Percentiles(millis, probes.size() - millis.length);
  }

  /**
   * The smallest latency that so many were not above (nearest rank); NaN if none was seen.
   *
   * @param fraction in (0, 1]
   */
  double at(double fraction) {
    if (sortedMillis.length == 0) {
      return Double.NaN;
    }
    int rank = (int) Math.ceil(fraction * sortedMillis.length);
    return sortedMillis[Math.max(rank, 1) - 1];
  }

  int seen() {
    return sortedMillis.length;
  }
}
