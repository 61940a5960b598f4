package dev.weir.serving.rollup;

import java.time.Instant;

/**
 * Rows of a roll-up that are not the sums of what is served.
 *
 * @param cube its name
 * @param table qualified name
 * @param day whether it is the roll-up of a day; otherwise of an event hour
 * @param start of the day or event hour
 * @param detail what is wrong with the rows
 */
public record RollUpDamage(String cube, String table, boolean day, Instant start, String detail) {
  @Override
  public String toString() {
    return (day ? "day " : "event hour ") + start + ": " + table + ": " + detail;
  }
}
