package dev.weir.serving.export;

import dev.weir.serving.cube.AnswerHead;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** How exact an answer is and what it covers, as lines of a name and a text. */
final class AnswerFacts {
  private AnswerFacts() {}

  /** The facts, in the order to be read. */
  static Map<String, String> of(AnswerHead answer, ZoneId zone) {
    Map<String, String> facts = new LinkedHashMap<>();
    facts.put("Cube", answer.cube() + " by " + answer.granularity().text());
    facts.put("Range", AnswerTimes.range(answer.from(), answer.to(), zone));
    facts.put("Exactness", exactness(answer));
    facts.put("Version", answer.version() == null ? "none published" : answer.version().toString());
    facts.put("Commit", Long.toString(answer.commit()));
    facts.put(
        "Watermark",
        answer.watermark() == null
            ? "no commit that nothing is lacking of"
            : AnswerTimes.second(answer.watermark(), zone));
    facts.put("Late events", lateEvents(answer.lateEvents()));
    return facts;
  }

  /** What the least final status among the rows means. */
  static String exactness(AnswerHead answer) {
    if (answer.status() == null) {
      return "no rows";
    }
    return switch (answer.status()) {
      case "reconciled" -> "reconciled: exact, recomputed from all archived events";
      case "committed" -> "committed: exact, not all of it recomputed yet";
      default -> "live: part of it is not committed yet and may still change";
    };
  }

  private static String lateEvents(long number) {
    return number == 0
        ? "none after their hour was recomputed"
        : String.format(Locale.ROOT, "%,d after their hour was recomputed; counted", number);
  }
}
