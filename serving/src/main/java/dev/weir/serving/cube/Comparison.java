package dev.weir.serving.cube;

import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.Period;
import java.time.ZoneId;

/**
 * How far back the period lies that is compared with.
 *
 * @param days and months by the calendar, so that a day is a local day, however long
 * @param exact hours and minutes, beyond the days
 */
public record Comparison(Period days, Duration exact) {
  /** The corresponding instant of the earlier period. */
  Instant earlier(Instant time, ZoneId zone) {
    return time.atZone(zone).minus(days).toInstant().minus(exact);
  }

  /** The period just before: as many buckets as the range has. */
  static Comparison previous(Granularity granularity, ZoneId zone, Instant from, Instant to) {
    Comparison exact = new Comparison(Period.ZERO, Duration.between(from, to));
    return switch (granularity) {
      case MINUTE, HOUR -> exact;
      case DAY, WEEK -> new Comparison(days(zone, from, to), Duration.ZERO);
      case MONTH -> new Comparison(months(zone, from, to), Duration.ZERO);
      case TOTAL ->
          begins(Granularity.MONTH, zone, from, to)
              ? new Comparison(months(zone, from, to), Duration.ZERO)
              : begins(Granularity.DAY, zone, from, to)
                  ? new Comparison(days(zone, from, to), Duration.ZERO)
                  : exact;
    };
  }

  private static boolean begins(Granularity unit, ZoneId zone, Instant from, Instant to) {
    return unit.floor(from, zone).equals(from) && unit.floor(to, zone).equals(to);
  }

  private static Period days(ZoneId zone, Instant from, Instant to) {
    return Period.ofDays((int) (date(to, zone).toEpochDay() - date(from, zone).toEpochDay()));
  }

  private static Period months(ZoneId zone, Instant from, Instant to) {
    return Period.ofMonths((int) Period.between(date(from, zone), date(to, zone)).toTotalMonths());
  }

  private static LocalDate date(Instant time, ZoneId zone) {
    return LocalDate.ofInstant(time, zone);
  }
}
