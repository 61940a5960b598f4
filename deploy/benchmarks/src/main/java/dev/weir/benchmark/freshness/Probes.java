package dev.weir.benchmark.freshness;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The probe events of one run: when each was sent, and when it was first seen. A partition's probes
 * are seen in the order in which they were sent, so the count of those seen tells which. Thread
 * safe.
 */
public final class Probes {
  /** Younger than this, what is seen counts as live. */
  static final long LIVE_NANOS = 1_000_000_000L;

  private final List<Partition> partitions = new ArrayList<>();

  /** A probe; {@code seenNanos} is empty while it has not been seen. */
  record Probe(int partition, long sentNanos, Optional<Long> seenNanos) {
    /** From sending to seeing; empty while it has not been seen. */
    Optional<Long> latencyNanos() {
      return seenNanos.map(seen -> seen - sentNanos);
    }

    private boolean isSeenLiveSince(long nanos) {
      return seenNanos.filter(seen -> seen >= nanos && seen - sentNanos < LIVE_NANOS).isPresent();
    }
  }

  private static final class Partition {
    private final List<Long> sentNanos = new ArrayList<>();
    private final List<Long> seenNanos = new ArrayList<>();
  }

  /**
   * @param partitions that are sent to in turn
   */
  public Probes(int partitions) {
    for (int i = 0; i < partitions; i++) {
      this.partitions.add(new Partition());
    }
  }

  int partitions() {
    return partitions.size();
  }

  /** The next probe of that partition is about to be sent; times are {@link System#nanoTime()}. */
  synchronized void sending(int partition, long nanos) {
    partitions.get(partition).sentNanos.add(nanos);
  }

  /** So many probes of that partition were seen by now; fewer than before tell nothing new. */
  synchronized void seen(int partition, long count, long nanos) {
    List<Long> seen = partitions.get(partition).seenNanos;
    while (seen.size() < count) {
      seen.add(nanos);
    }
  }

  /** The probes sent from one moment until before another, in no order. */
  synchronized List<Probe> sentBetween(long fromNanos, long toNanos) {
    return all().stream()
        .filter(probe -> probe.sentNanos >= fromNanos && probe.sentNanos < toNanos)
        .toList();
  }

  /** Whether nothing is missing that is older than what counts as live. */
  synchronized boolean areLive(long nowNanos) {
    return all().stream()
        .filter(probe -> probe.sentNanos <= nowNanos - LIVE_NANOS)
        .allMatch(probe -> probe.seenNanos.isPresent());
  }

  /** When any probe was first seen after that moment, however old. */
  synchronized Optional<Long> firstSeenSince(long nanos) {
    return all().stream()
        .flatMap(probe -> probe.seenNanos.stream())
        .filter(seen -> seen >= nanos)
        .min(Comparator.naturalOrder());
  }

  /** When a probe was first seen live after that moment, in any partition. */
  synchronized Optional<Long> firstLiveSince(long nanos) {
    return firstLive(all(), nanos);
  }

  /** When each partition had shown a live probe after that moment; empty: one has not. */
  synchronized Optional<Long> allLiveSince(long nanos) {
    long last = nanos;
    for (int i = 0; i < partitions.size(); i++) {
      Optional<Long> first = firstLive(ofPartition(i), nanos);
      if (first.isEmpty()) {
        return Optional.empty();
      }
      last = Math.max(last, first.get());
    }
    return Optional.of(last);
  }

  private static Optional<Long> firstLive(List<Probe> probes, long nanos) {
    return probes.stream()
        .filter(probe -> probe.isSeenLiveSince(nanos))
        .map(probe -> probe.seenNanos.orElseThrow())
        .min(Comparator.naturalOrder());
  }

  private List<Probe> all() {
    List<Probe> all = new ArrayList<>();
    for (int i = 0; i < partitions.size(); i++) {
      all.addAll(ofPartition(i));
    }
    return all;
  }

  private List<Probe> ofPartition(int number) {
    Partition partition = partitions.get(number);
    List<Probe> probes = new ArrayList<>();
    for (int i = 0; i < partition.sentNanos.size(); i++) {
      Optional<Long> seen =
          i < partition.seenNanos.size()
              ? Optional.of(partition.seenNanos.get(i))
              : Optional.empty();
      probes.add(new Probe(number, partition.sentNanos.get(i), seen));
    }
    return probes;
  }
}
