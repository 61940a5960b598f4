package dev.weir.faults.isolation;

import dev.weir.faults.proxy.RoundTrip;
import java.util.List;
import java.util.Random;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * Where a first actor is interrupted: before and after each round trip that ends a transaction or
 * takes a lock that others may wait for, and at every n-th of all others.
 *
 * @param every n; 1 for each round trip
 */
record SwitchPoints(int every) {
  private static final Pattern COMMIT_OR_LOCK =
      Pattern.compile(
          "^(COMMIT|ROLLBACK)|FOR (NO KEY |KEY )?(UPDATE|SHARE)|advisory_|^LOCK"
              + "|^UPDATE weir\\.(head|batch_fence)");

  /** As asked for on the command line, or the form that every build plays. */
  static SwitchPoints asked() {
    return new SwitchPoints(Integer.getInteger("weir.isolation.every", 16));
  }

  /**
   * The points of a pair, but for those before the first and after the last round trip.
   *
   * @param pair names it: pairs differ in where the n-th falls
   * @param trips of the first actor when nobody interrupts
   */
  List<Integer> of(String pair, List<RoundTrip> trips) {
    SortedSet<Integer> points = new TreeSet<>();
    for (int point = 1 + new Random(pair.hashCode()).nextInt(every);
        point < trips.size();
        point += every) {
      points.add(point);
    }
    for (int trip = 1; trip <= trips.size(); trip++) {
      if (trips.get(trip - 1).statements().stream()
          .anyMatch(sql -> COMMIT_OR_LOCK.matcher(sql).find())) {
        points.add(trip - 1);
        points.add(trip);
      }
    }
    return List.copyOf(points.subSet(1, trips.size()));
  }
}
