package dev.weir.serving.cube;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads a time as requests write it: ISO-8601 with a zone; a date or a local date and time, which
 * are local in the request's zone; {@code now}, with steps as in {@code now-7d} and rounded down to
 * the beginning of a unit as in {@code now-7d/d}. Units are m, h, d, w and M.
 */
final class TimeText {
  static final String USE =
      "use ISO-8601 with a zone, such as 2026-01-31T13:00:00Z, a local 2026-01-31T13:00, a date, or now-24h or now-7d/d";

  private static final Pattern RELATIVE =
      Pattern.compile("now((?:[+-][0-9]{1,6}[mhdwM])*)(?:/([mhdwM]))?");
  private static final Pattern STEP = Pattern.compile("([+-][0-9]+)([mhdwM])");
  private static final Pattern OFFSET = Pattern.compile(".*T.*(?:[Zz]|[+-][0-9:]{2,9})");

  private final ZoneId zone;
  private final Instant now;

  TimeText(ZoneId zone, Instant now) {
    this.zone = zone;
    this.now = now;
  }

  /** The instant that is meant; empty if the text is no time. */
  Optional<Instant> read(String given) {
    // An unescaped + of a zone or of a step arrives as a space.
    String text = given.replace(' ', '+');
    try {
      Matcher relative = RELATIVE.matcher(text);
      if (relative.matches()) {
        return Optional.of(relative(relative.group(1), relative.group(2)));
      }
      if (text.length() == "2026-01-31".length()) {
        return Optional.of(LocalDate.parse(text).atStartOfDay(zone).toInstant());
      }
      return Optional.of(
          OFFSET.matcher(text).matches()
              ? OffsetDateTime.parse(text).toInstant()
              : LocalDateTime.parse(text).atZone(zone).toInstant());
    } catch (DateTimeException | ArithmeticException e) {
      return Optional.empty();
    }
  }

  private Instant relative(String steps, String unit) {
    ZonedDateTime time = now.atZone(zone);
    Matcher step = STEP.matcher(steps);
    while (step.find()) {
      time = time.plus(Long.parseLong(step.group(1)), unit(step.group(2)));
    }
    Instant moved = time.toInstant();
    return unit == null ? moved : granularity(unit).floor(moved, zone);
  }

  private static ChronoUnit unit(String letter) {
    return switch (letter) {
      case "m" -> ChronoUnit.MINUTES;
      case "h" -> ChronoUnit.HOURS;
      case "d" -> ChronoUnit.DAYS;
      case "w" -> ChronoUnit.WEEKS;
      default -> ChronoUnit.MONTHS;
    };
  }

  private static Granularity granularity(String letter) {
    return switch (letter) {
      case "m" -> Granularity.MINUTE;
      case "h" -> Granularity.HOUR;
      case "d" -> Granularity.DAY;
      case "w" -> Granularity.WEEK;
      default -> Granularity.MONTH;
    };
  }
}
