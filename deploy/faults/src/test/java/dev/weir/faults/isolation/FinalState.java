package dev.weir.faults.isolation;

import java.util.ArrayList;
import java.util.List;

/**
 * Everything that a permutation left, as text lines, but for times and numbers that nobody shares
 * (of files).
 */
record FinalState(List<String> lines) {
  FinalState {
    lines = List.copyOf(lines);
  }

  /** What this state has and another has not, and the other way round. */
  String differenceTo(FinalState other) {
    List<String> difference = new ArrayList<>();
    lines.stream().filter(l -> !other.lines.contains(l)).forEach(l -> difference.add("  + " + l));
    other.lines.stream().filter(l -> !lines.contains(l)).forEach(l -> difference.add("  - " + l));
    return String.join("\n", difference);
  }
}
