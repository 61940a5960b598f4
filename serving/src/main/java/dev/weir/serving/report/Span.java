package dev.weir.serving.report;

import java.time.DayOfWeek;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;

/** How long a time a report is about: the last one that was over when it was due. */
public enum Span {
  /** From midnight to midnight. */
  DAY,
  /** From Monday to Monday. */
  WEEK;

  /**
   * A range of time.
   *
   * @param to exclusive
   */
  public record Range(Instant from, Instant to) {}

  /** The last full day or week before an instant, on the clocks of a zone. */
  public Range before(Instant time, ZoneId zone) {
    LocalDate today = time.atZone(zone).toLocalDate();
    LocalDate end =
        switch (this) {
          case DAY -> today;
          case WEEK -> today.with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
        };
    LocalDate start =
        switch (this) {
          case DAY -> end.minusDays(1);
          case WEEK -> end.minusWeeks(1);
        };
    return new Range(start.atStartOfDay(zone).toInstant(), end.atStartOfDay(zone).toInstant());
  }

  /** As it is written in the declaration. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }
}
