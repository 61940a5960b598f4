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

  private final String name;
  private final List<String> lines = new ArrayList<>();
  private final Map<String, Integer> steps = new HashMap<>();

  /**
   * @param name of the permutation, by which it is played again
   */
  Schedule(String name) {
    this.name = name;
  }

  void released(String actor, RoundTrip trip) {
    lines.add(
        "%-13s %3d  %s"
            .formatted(
                actor,
                steps.merge(actor, 1, Integer::sum),
                trip.statements().stream()
                    .map(Schedule::firstWords)
                    .collect(Collectors.joining("; "))));
  }

  void blocked(String actor) {
    lines.add("%-13s      waits for a lock".formatted(actor));
  }

  void ended(String actor, String message) {
    lines.add("%-13s      ends: %s".formatted(actor, firstWords(message)));
  }

  /** How many round trips of an actor were let through. */
  int steps(String actor) {
    return steps.getOrDefault(actor, 0);
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
        + name
        + "'";
  }
}
