package dev.weir.batch.rollback;

import java.time.Instant;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What a rollback did.
 *
 * @param version rolled back; 0 if a range was named
 * @param steps event hours of cubes that serve an earlier version now
 * @param hours event hours among them
 * @param uncovered event hours that had no version before: they are served by the speed layer alone
 * @param refusals event hours of cubes that could not be rolled back, each with its reason
 */
public record RolledBack(
    long version, int steps, int hours, List<Instant> uncovered, List<String> refusals) {
  private static final int NAMED = 20;

  public RolledBack {
    uncovered = List.copyOf(uncovered);
    refusals = List.copyOf(refusals);
  }

  /** For the run's record; null if everything was rolled back. */
  String message() {
    return refusals.isEmpty() ? null : refusals.size() + " were refused: " + refusals.get(0);
  }

  /** For the person who asked. */
  public String text() {
    StringBuilder text = new StringBuilder();
    if (steps == 0 && refusals.isEmpty()) {
      text.append("Nothing to roll back: ");
      text.append(
          version == 0
              ? "no event hour there has been published.\n"
              : "version "
                  + version
                  + ", the last one published, is no longer served; to go further back, name the"
                  + " hours with --from and --to.\n");
    } else if (steps > 0) {
      text.append("Rolled back ").append(hours).append(hours == 1 ? " event hour" : " event hours");
      text.append(" (").append(steps).append(" over all cubes)");
      text.append(version == 0 ? "" : " of version " + version);
      text.append(
          ": the version before is served, with the commits after it from the speed layer.");
      text.append(uncovered.isEmpty() ? "" : "\n" + withoutVersion());
      text.append("\nThe next run recomputes them.\n");
    }
    refusals.stream().limit(NAMED).forEach(r -> text.append("! ").append(r).append('\n'));
    if (refusals.size() > NAMED) {
      text.append("! ... and ").append(refusals.size() - NAMED).append(" more\n");
    }
    return text.toString();
  }

  private String withoutVersion() {
    int more = uncovered.size() - NAMED;
    return "Without a version before, served by the speed layer alone: "
        + uncovered.stream().limit(NAMED).map(Instant::toString).collect(Collectors.joining(", "))
        + (more > 0 ? " and " + more + " more." : ".");
  }
}
