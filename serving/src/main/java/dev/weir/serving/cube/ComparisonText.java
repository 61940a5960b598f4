package dev.weir.serving.cube;

import dev.weir.serving.cube.RangeParameters.Range;
import java.time.Duration;
import java.time.Instant;
import java.time.Period;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@code compare}: {@code previous}, or how far back, such as {@code 7d}. */
final class ComparisonText {
  private static final Pattern BACK = Pattern.compile("([1-9][0-9]{0,4})([mhdwM])");

  private ComparisonText() {}

  /** Null without the parameter, or where it cannot be used. */
  static Comparison read(Parameters parameters, Range range) {
    String text = parameters.text("compare");
    if (text == null) {
      return null;
    }
    Matcher back = BACK.matcher(text);
    Comparison comparison = null;
    if (text.equals("previous")) {
      comparison = Comparison.previous(range.granularity(), range.zone(), range.from(), range.to());
    } else if (back.matches()) {
      comparison = back(Integer.parseInt(back.group(1)), back.group(2));
    } else {
      parameters.problem(
          "compare",
          "'" + text + "' is not a period",
          "use previous, or a number of m, h, d, w or M, such as 7d");
    }
    if (comparison != null
        && comparison.days().toTotalMonths() > 0
        && !months(range.granularity())) {
      parameters.problem(
          "compare",
          "months are of different lengths, buckets by "
              + range.granularity().text()
              + " do not correspond",
          "use days or weeks, such as 4w, or granularity=month or total");
    }
    if (comparison != null
        && comparison.earlier(range.from(), range.zone()).isBefore(Instant.EPOCH)) {
      parameters.problem("compare", "the earlier period is before 1970", "use a shorter one");
    }
    return comparison;
  }

  private static boolean months(Granularity granularity) {
    return granularity == Granularity.MONTH || granularity == Granularity.TOTAL;
  }

  private static Comparison back(int number, String unit) {
    return switch (unit) {
      case "m" -> new Comparison(Period.ZERO, Duration.ofMinutes(number));
      case "h" -> new Comparison(Period.ZERO, Duration.ofHours(number));
      case "d" -> new Comparison(Period.ofDays(number), Duration.ZERO);
      case "w" -> new Comparison(Period.ofWeeks(number), Duration.ZERO);
      default -> new Comparison(Period.ofMonths(number), Duration.ZERO);
    };
  }
}
