package dev.weir.serving.report;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** When a report is due, on the clocks of its zone. */
public sealed interface Schedule {
  /** What can be written, for messages. */
  String FORMS = "daily at 06:00, or weekly on monday at 06:00";

  /** Every day at a time. */
  record Daily(LocalTime at) implements Schedule {
    @Override
    public LocalDate lastDay(LocalDate latest) {
      return latest;
    }

    @Override
    public LocalDate dayBefore(LocalDate day) {
      return day.minusDays(1);
    }

    @Override
    public String toString() {
      return "daily at " + at;
    }
  }

  /** On one day of the week at a time. */
  record Weekly(DayOfWeek day, LocalTime at) implements Schedule {
    @Override
    public LocalDate lastDay(LocalDate latest) {
      return latest.with(TemporalAdjusters.previousOrSame(day));
    }

    @Override
    public LocalDate dayBefore(LocalDate last) {
      return last.minusWeeks(1);
    }

    @Override
    public String toString() {
      return "weekly on " + day.name().toLowerCase(Locale.ROOT) + " at " + at;
    }
  }

  /** The time of day. */
  LocalTime at();

  /** The last day of the schedule that is not after a day. */
  LocalDate lastDay(LocalDate latest);

  /** The day of the schedule before one of its days. */
  LocalDate dayBefore(LocalDate day);

  /**
   * The last time that is not after {@code now}. A time that a change of the clocks leaves out
   * comes as much later, one that it repeats comes the first time.
   */
  default Instant lastDue(Instant now, ZoneId zone) {
    LocalDate day = lastDay(now.atZone(zone).toLocalDate());
    Instant due = day.atTime(at()).atZone(zone).toInstant();
    return due.isAfter(now) ? dayBefore(day).atTime(at()).atZone(zone).toInstant() : due;
  }

  /** The first time after {@code now}. */
  default Instant nextDue(Instant now, ZoneId zone) {
    LocalDate last = lastDay(now.atZone(zone).toLocalDate().plusDays(8));
    Instant due = last.atTime(at()).atZone(zone).toInstant();
    while (true) {
      last = dayBefore(last);
      Instant before = last.atTime(at()).atZone(zone).toInstant();
      if (!before.isAfter(now)) {
        return due;
      }
      due = before;
    }
  }

  /** Reads a schedule; empty unless it is one of {@link #FORMS}. */
  static Optional<Schedule> parse(String text) {
    Matcher words =
        Pattern.compile(
                "(?:daily|weekly\\s+on\\s+(?<day>[a-z]+))\\s+at\\s+(?<time>([01][0-9]|2[0-3]):[0-5][0-9])")
            .matcher(text.strip().toLowerCase(Locale.ROOT));
    if (!words.matches()) {
      return Optional.empty();
    }
    LocalTime at = LocalTime.parse(words.group("time"));
    String name = words.group("day");
    if (name == null) {
      return Optional.of(new Daily(at));
    }
    return Arrays.stream(DayOfWeek.values())
        .filter(day -> day.name().toLowerCase(Locale.ROOT).equals(name))
        .findFirst()
        .map(day -> new Weekly(day, at));
  }
}
