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

  /**
   * The same number of buckets at another time. Where the clock was put forward there, a bucket
   * that would begin after its successor is empty.
   */
  Buckets moved(UnaryOperator<Instant> to) {
    Instant[] moved = new Instant[starts.size()];
    Instant itsEnd = to.apply(end);
    Instant next = itsEnd;
    for (int i = moved.length - 1; i >= 0; i--) {
      Instant start = to.apply(starts.get(i));
      next = start.isBefore(next) ? start : next;
      moved[i] = next;
    }
    return new Buckets(List.of(moved), itsEnd);
  }

  /**
   * Where a row's bucket changes.
   *
   * @param at from here on
   * @param start of the bucket that a row is said to be in; null for none
   */
  record Edge(Instant at, Instant start) {}

  /**
   * The edges of these buckets, in ascending order, when their rows are said to be in others.
   *
   * @param longest what lies farther than this behind a bucket's start is in no bucket; null: a
   *     bucket lasts until the next one
   */
  List<Edge> edges(Buckets shownAs, Duration longest) {
    List<Edge> edges = new ArrayList<>();
    for (int i = 0; i < starts.size(); i++) {
      Instant start = starts.get(i);
      edges.add(new Edge(start, shownAs.starts().get(i)));
      Instant next = i + 1 < starts.size() ? starts.get(i + 1) : end;
      if (longest != null && start.plus(longest).isBefore(next)) {
        edges.add(new Edge(start.plus(longest), null));
      }
    }
    return edges;
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
