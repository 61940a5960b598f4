package dev.weir.faults.isolation;

import dev.weir.faults.proxy.RoundTrip;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** What happened in a permutation, in order, for a person to read. */
final class Schedule {
  private static final int SQL_CHARS = 100;

  private final String pair;
  private final List<Integer> points = new ArrayList<>();
  private final List<String> lines = new ArrayList<>();
  private final Map<String, List<RoundTrip>> trips = new HashMap<>();

  /**
   * @param pair as it is called when it is played again
   */
  Schedule(String pair) {
    this.pair = pair;
  }

  void released(String role, RoundTrip trip) {
    List<RoundTrip> before = trips.computeIfAbsent(role, r -> new ArrayList<>());
    before.add(trip);
    lines.add(
        "%-15s %3d  %s"
            .formatted(
                role,
                before.size(),
                trip.statements().stream()
                    .map(Schedule::firstWords)
                    .collect(Collectors.joining("; "))));
  }

  /** Says that an actor is interrupted, after the round trips it has made. */
  void interrupted(String role) {
    points.add(trips(role).size());
  }

  void blocked(String role) {
    lines.add("%-15s      waits for a lock".formatted(role));
  }

  void ended(String role, String message) {
    lines.add("%-15s      ends: %s".formatted(role, firstWords(message)));
  }

  /** Round trips of an actor that were let through. */
  List<RoundTrip> trips(String role) {
    return List.copyOf(trips.getOrDefault(role, List.of()));
  }

  private static String firstWords(String sql) {
    String words = sql.replaceAll("(?m)^\\s*--.*$", " ").replaceAll("\\s+", " ").trim();
    return words.length() <= SQL_CHARS ? words : words.substring(0, SQL_CHARS) + "…";
  }

  /** All lines, and how to see them again. */
  @Override
  public String toString() {
    return String.join("\n", lines)
        + "\nAgain: mvn -pl :weir-faults -am verify -Dit.test=IsolationITCase"
        + " -Dtest=None -Dsurefire.failIfNoSpecifiedTests=false"
        + " -Dfailsafe.failIfNoSpecifiedTests=false -Dweir.permutation='"
        + pair
        + " @ "
        + points.stream().map(String::valueOf).collect(Collectors.joining(" "))
        + "'";
  }
}
