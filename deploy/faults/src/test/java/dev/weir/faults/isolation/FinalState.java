package dev.weir.faults.isolation;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Everything that a permutation left, as text lines, but for times and numbers that nobody shares
 * (of files).
 */
record FinalState(List<String> lines) {
  private static final Pattern DRAWN =
      Pattern.compile("(?<=version |/v|(minute|hour) of .{1,80}, (tag|hash) )-?\\d+");

  FinalState {
    lines = List.copyOf(lines);
  }

  /**
   * The same without what only tells of runs: their records, and the versions they drew, which are
   * in their rows and so in the rows' hashes.
   */
  FinalState withoutRuns() {
    return new FinalState(
        lines.stream()
            .filter(line -> !line.matches("(run|check|fence): .*"))
            .map(line -> DRAWN.matcher(line).replaceAll("*"))
            .sorted()
            .toList());
  }

  /** What this state has and another has not, and the other way round. */
  String differenceTo(FinalState other) {
    List<String> difference = new ArrayList<>();
    lines.stream().filter(l -> !other.lines.contains(l)).forEach(l -> difference.add("  + " + l));
    other.lines.stream().filter(l -> !lines.contains(l)).forEach(l -> difference.add("  - " + l));
    return String.join("\n", difference);
  }
}
