package dev.weir.batch.publish;

import dev.weir.batch.db.UtcTime;

/**
 * A UTC day, which is one partition of each of a cube's tables.
 *
 * @param startMillis epoch milliseconds
 */
record Day(long startMillis) {
  private static final long MILLIS = 86_400_000;

  /** The day of an event hour. */
  static Day of(long hourMillis) {
    return new Day(Math.floorDiv(hourMillis, MILLIS) * MILLIS);
  }

  /**
   * The condition that a row is in the day's partition. Written out and not bound: PostgreSQL then
   * opens and locks no other partition, however often the statement is prepared. The whole day: a
   * row that was moved within the partition is found, too.
   */
  String condition() {
    return "bucket >= "
        + UtcTime.literal(startMillis)
        + " AND bucket < "
        + UtcTime.literal(startMillis + MILLIS);
  }
}
