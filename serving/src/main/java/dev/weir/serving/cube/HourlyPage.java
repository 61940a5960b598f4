package dev.weir.serving.cube;

import dev.weir.serving.gzip.DeflatedText;
import java.util.ArrayList;
import java.util.List;

/** A page that is filled hour by hour. */
final class HourlyPage {
  private final boolean descending;
  private final List<DeflatedText> rows = new ArrayList<>();
  private int skip;
  private int left;
  private boolean more;
  private byte finality = HourRows.NONE;

  /**
   * An empty page.
   *
   * @param descending whether the last minute's rows come first
   * @param offset rows to leave out before it
   * @param limit most rows on it
   */
  HourlyPage(boolean descending, int offset, int limit) {
    this.descending = descending;
    this.skip = offset;
    this.left = limit;
  }

  /** Takes what it needs of an hour's minutes from one, inclusive, to another, exclusive. */
  void add(HourRows hour, int from, int to) {
    add(hour.finality(from, to));
    int number = hour.count(from, to);
    int before = descending ? hour.count(to, HourRows.MINUTES) : hour.count(0, from);
    int skipped = Math.min(skip, number);
    skip -= skipped;
    number -= skipped;
    int shown = Math.min(left, number);
    if (shown > 0) {
      rows.add(hour.rows(before + skipped, shown));
      left -= shown;
    }
    more |= number > shown;
  }

  /** Takes notice of rows in its range that are not shown. */
  void add(byte itsFinality) {
    finality = (byte) Math.max(finality, itsFinality);
  }

  /** How many more rows tell what is on it, and whether there is another one. */
  int needed() {
    return more ? 0 : skip + left + 1;
  }

  /** Whether there are rows after it; it is full then. */
  boolean more() {
    return more;
  }

  /** Its rows, in parts with commas between them. */
  List<DeflatedText> rows() {
    return rows;
  }

  /** The least final row of all that were added, shown or not; {@link HourRows#NONE} without. */
  byte finality() {
    return finality;
  }
}
