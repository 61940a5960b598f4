package dev.weir.serving.report;

import dev.weir.serving.export.AnswerTimes;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * How far a report's cubes go.
 *
 * @param through up to when events are committed and in all of them; empty for none
 * @param incomplete those that lack commits, because they were changed or added later
 */
record Committed(Optional<Instant> through, List<String> incomplete) {
  Committed {
    incomplete = List.copyOf(incomplete);
  }

  /** Why there is no more, in words, as the end of a sentence. */
  String shortOf(ZoneId zone) {
    Optional<String> until = through.map(time -> AnswerTimes.minute(time, zone));
    if (incomplete.isEmpty()) {
      return until
          .map(time -> "events are committed up to " + time + " only.")
          .orElse("nothing is committed yet.");
    }
    return "what is shown of "
        + String.join(", ", incomplete)
        + until.map(time -> " has events up to " + time + " only").orElse(" lacks events")
        + " until weir batch has recomputed it.";
  }
}
