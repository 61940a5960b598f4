package dev.weir.serving.cube;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/**
 * Consecutive buckets of time.
 *
 * @param starts in ascending order; equal ones are empty buckets
 * @param end of the last bucket, exclusive
 */
record Buckets(List<Instant> starts, Instant end) {
  Buckets {
    starts = List.copyOf(starts);
  }

  /** The buckets of a range that begins and ends at a bucket's start. */
  static Buckets of(Granularity granularity, ZoneId zone, Instant from, Instant to) {
    if (granularity == Granularity.TOTAL) {
      return new Buckets(List.of(from), to);
    }
    List<Instant> starts = new ArrayList<>();
    for (Instant start = from; start.isBefore(to); start = granularity.next(start, zone)) {
      starts.add(start);
    }
    return new Buckets(starts, to);
  }

  Instant from() {
    return starts.get(0);
  }

  /** Every start, and the end. */
  Stream<Instant> bounds() {
    return Stream.concat(starts.stream(), Stream.of(end));
  }

  /** The same number of buckets at another time. */
  Buckets moved(UnaryOperator<Instant> to) {
    return new Buckets(starts.stream().map(to).toList(), to.apply(end));
  }

  /** The length of all buckets; null where they differ or are empty. */
  Duration step() {
    Duration step = Duration.between(from(), starts.size() > 1 ? starts.get(1) : end);
    for (int i = 1; i < starts.size(); i++) {
      Instant next = i + 1 < starts.size() ? starts.get(i + 1) : end;
      if (!Duration.between(starts.get(i), next).equals(step)) {
        return null;
      }
    }
    return step.isZero() ? null : step;
  }
}
