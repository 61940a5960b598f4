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
 * @param mendable whether the layers' rows of that time are those that were written, so that they
 *     can be added up anew; otherwise the roll-up may be all that is right
 */
public record RollUpDamage(
    String cube, String table, boolean day, Instant start, String detail, boolean mendable) {
  @Override
  public String toString() {
    return (day ? "day " : "event hour ")
        + start
        + ": "
        + table
        + ": "
        + detail
        + (mendable ? "" : " (rows of the layers are damaged there: those come first)");
  }
}
