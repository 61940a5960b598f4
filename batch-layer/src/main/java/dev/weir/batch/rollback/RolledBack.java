package dev.weir.batch.rollback;

import dev.weir.batch.wording.Counted;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
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
    long version, int steps, int hours, List<Instant> uncovered, List<Refusal> refusals) {
  private static final int NAMED = 20;

  /**
   * A cube's event hour that stays as it is.
   *
   * @param reason in a sentence
   */
  public record Refusal(Instant hour, boolean sealed, String reason) {}

  public RolledBack {
    uncovered = List.copyOf(uncovered);
    refusals = List.copyOf(refusals);
  }

  /** For the run's record; null if everything was rolled back. */
  String message() {
    return refusals.isEmpty()
        ? null
        : refusals.size() + " were refused: " + refusals.get(0).reason();
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
      text.append("Rolled back ").append(Counted.of(hours, "event hour"));
      text.append(" (").append(steps).append(" over all cubes)");
      text.append(version == 0 ? "" : " of version " + version);
      text.append(
          ": the version before is served, with the commits after it from the speed layer.");
      text.append(uncovered.isEmpty() ? "" : "\n" + withoutVersion());
      text.append("\nThe next run recomputes them.\n");
    }
    refusals.stream().limit(NAMED).forEach(r -> text.append("! ").append(r.reason()).append('\n'));
    if (refusals.size() > NAMED) {
      text.append("! ... and ").append(refusals.size() - NAMED).append(" more\n");
    }
    return text.append(refusals.isEmpty() ? "" : conclusion()).toString();
  }

  private String withoutVersion() {
    int more = uncovered.size() - NAMED;
    return "Without a version before, served by the speed layer alone: "
        + uncovered.stream().limit(NAMED).map(Instant::toString).collect(Collectors.joining(", "))
        + (more > 0 ? " and " + more + " more." : ".");
  }

  /** How much was done, and what else can be. */
  private String conclusion() {
    SortedSet<Instant> stay = new TreeSet<>();
    SortedSet<Instant> recomputable = new TreeSet<>();
    for (Refusal refusal : refusals) {
      stay.add(refusal.hour());
      if (!refusal.sealed()) {
        recomputable.add(refusal.hour());
      }
    }
    return Counted.of(hours, "event hour")
        + " rolled back, "
        + stay.size()
        + " not: what is served of "
        + (stay.size() == 1 ? "it" : "them")
        + " stays. "
        + (recomputable.isEmpty()
            ? "Sealed hours cannot be computed anew; weir verify tells whether they are as they were"
                + " written.\n"
            : "To compute anew from the archive: weir batch --from "
                + recomputable.first()
                + " --to "
                + recomputable.last().plus(Duration.ofHours(1))
                + "\n");
  }
}
