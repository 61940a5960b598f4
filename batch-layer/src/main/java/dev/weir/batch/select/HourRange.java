package dev.weir.batch.select;

import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;

/**
 * Event hours named by the user: [from, to).
 *
 * @param from start of the first hour
 * @param to end of the last hour
 */
public record HourRange(Instant from, Instant to) {

  /** Every hour an event can have. */
  public static final HourRange ALL =
      new HourRange(Instant.EPOCH, Instant.parse("2200-01-01T00:00:00Z"));

  /**
   * Checks the range.
   *
   * @throws IllegalArgumentException if a bound is not a full hour or the range is empty
   */
  public HourRange {
    requireFullHour("--from", from);
    requireFullHour("--to", to);
    if (!from.isBefore(to)) {
      throw new IllegalArgumentException(
          "--from " + from + " is not before --to " + to + ": the range is empty");
    }
  }

  /** Reads the two options. */
  public static HourRange parse(String from, String to) {
    return new HourRange(instant("--from", from), instant("--to", to));
  }

  private static Instant instant(String option, String text) {
    try {
      return Instant.parse(text);
    } catch (DateTimeParseException e) {
      throw new IllegalArgumentException(
          option
              + " '"
              + text
              + "' is not a time; write it in ISO-8601 with its zone, for example 2026-01-31T08:00:00Z",
          e);
    }
  }

  private static void requireFullHour(String option, Instant time) {
    if (!time.truncatedTo(ChronoUnit.HOURS).equals(time)) {
      throw new IllegalArgumentException(
          option + " " + time + " is not a full hour; hours are recomputed as a whole");
    }
  }
}
