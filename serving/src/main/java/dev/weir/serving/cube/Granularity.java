package dev.weir.serving.cube;

import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.time.temporal.TemporalAdjusters;
import java.util.Locale;

/** How long the buckets of an answer are. Buckets of an hour and more begin in local time. */
public enum Granularity {
  MINUTE(Duration.ofHours(1), Duration.ofDays(31)),
  HOUR(Duration.ofDays(1), Duration.ofDays(1000)),
  DAY(Duration.ofDays(30), Duration.ofDays(90_000)),
  /** From Monday to Sunday. */
  WEEK(Duration.ofDays(84), Duration.ofDays(90_000)),
  MONTH(Duration.ofDays(365), Duration.ofDays(90_000)),
  /** One bucket for the whole range. */
  TOTAL(Duration.ofHours(1), Duration.ofDays(90_000));

  private final Duration usualRange;
  private final Duration longestRange;

  Granularity(Duration usualRange, Duration longestRange) {
    this.usualRange = usualRange;
    this.longestRange = longestRange;
  }

  /** The range that is shown when none is named. */
  Duration usualRange() {
    return usualRange;
  }

  Duration longestRange() {
    return longestRange;
  }

  /** As it is written in requests and answers. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The start of the bucket that holds the instant; of a total, the instant's minute. */
  public Instant floor(Instant time, ZoneId zone) {
    return switch (this) {
      case MINUTE, TOTAL -> time.truncatedTo(ChronoUnit.MINUTES);
      case HOUR -> minute(time.atZone(zone).truncatedTo(ChronoUnit.HOURS).toInstant());
      case DAY -> start(date(time, zone), zone);
      case WEEK ->
          start(date(time, zone).with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY)), zone);
      case MONTH -> start(date(time, zone).withDayOfMonth(1), zone);
    };
  }

  /** The first start of a bucket after the one that holds the instant. */
  public Instant next(Instant time, ZoneId zone) {
    return switch (this) {
      case MINUTE, TOTAL -> floor(time, zone).plus(1, ChronoUnit.MINUTES);
      case HOUR -> nextHour(floor(time, zone), zone);
      case DAY -> start(date(time, zone).plusDays(1), zone);
      case WEEK -> start(date(time, zone).with(TemporalAdjusters.next(DayOfWeek.MONDAY)), zone);
      case MONTH -> start(date(time, zone).withDayOfMonth(1).plusMonths(1), zone);
    };
  }

  /** The first start of a bucket at or after the instant. */
  public Instant ceiling(Instant time, ZoneId zone) {
    Instant floor = floor(time, zone);
    return floor.equals(time) ? time : next(time, zone);
  }

  /** Where clocks are put back by half an hour, an hour of the clock lasts longer than one. */
  private Instant nextHour(Instant start, ZoneId zone) {
    Instant next = start;
    for (Instant later = start; !next.isAfter(start); next = floor(later, zone)) {
      later = later.plus(1, ChronoUnit.HOURS);
    }
    return next;
  }

  private static LocalDate date(Instant time, ZoneId zone) {
    return LocalDate.ofInstant(time, zone);
  }

  private static Instant start(LocalDate date, ZoneId zone) {
    return minute(date.atStartOfDay(zone).toInstant());
  }

  /** Some offsets of long ago have seconds; what is served has minutes: the first one inside. */
  private static Instant minute(Instant time) {
    Instant minute = time.truncatedTo(ChronoUnit.MINUTES);
    return minute.equals(time) ? minute : minute.plus(1, ChronoUnit.MINUTES);
  }
}
