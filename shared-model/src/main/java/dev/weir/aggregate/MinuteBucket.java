package dev.weir.aggregate;

import java.time.Instant;

/**
 * A minute of event time: {@code [start, end)} in UTC. Minutes, hours and days are all counted from
 * the epoch, so no time zone and no calendar is involved.
 *
 * @param startMillis first millisecond of the minute, epoch milliseconds
 */
public record MinuteBucket(long startMillis) implements Comparable<MinuteBucket> {

  /** Length of a minute in milliseconds. */
  public static final long MINUTE_MILLIS = 60_000L;

  /** Length of an hour in milliseconds. */
  public static final long HOUR_MILLIS = 60 * MINUTE_MILLIS;

  /** Length of a UTC day in milliseconds. */
  public static final long DAY_MILLIS = 24 * HOUR_MILLIS;

  /** Refuses an instant that does not start a minute. */
  public MinuteBucket {
    if (Math.floorMod(startMillis, MINUTE_MILLIS) != 0) {
      throw new IllegalArgumentException(
          startMillis + " ms does not start a minute: " + Instant.ofEpochMilli(startMillis));
    }
  }

  /** The minute that holds an event time in epoch microseconds. */
  public static MinuteBucket ofMicros(long timeMicros) {
    return new MinuteBucket(Math.floorDiv(timeMicros, 1000 * MINUTE_MILLIS) * MINUTE_MILLIS);
  }

  /** Start of the hour that holds an instant, all in epoch milliseconds. */
  public static long hourOf(long millis) {
    return Math.floorDiv(millis, HOUR_MILLIS) * HOUR_MILLIS;
  }

  /** Start of the UTC day that holds an instant, all in epoch milliseconds. */
  public static long dayOf(long millis) {
    return Math.floorDiv(millis, DAY_MILLIS) * DAY_MILLIS;
  }

  public Instant start() {
    return Instant.ofEpochMilli(startMillis);
  }

  /** The first instant after the minute. */
  public Instant end() {
    return Instant.ofEpochMilli(startMillis + MINUTE_MILLIS);
  }

  /** Start of the hour this minute lies in, epoch milliseconds. */
  public long hourMillis() {
    return hourOf(startMillis);
  }

  @Override
  public int compareTo(MinuteBucket other) {
    return Long.compare(startMillis, other.startMillis);
  }
}
