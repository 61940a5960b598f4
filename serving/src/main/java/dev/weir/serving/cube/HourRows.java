package dev.weir.serving.cube;

import dev.weir.serving.gzip.DeflatedText;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * An event hour's rows by minute, as they stand in an answer: in the order that was asked for, with
 * commas between them.
 */
final class HourRows {
  static final int MINUTES = 60;

  /** The finality of minutes without rows. */
  static final byte NONE = -1;

  /**
   * Stands between two rows and nowhere else. Within a text of JSON a backslash comes before a
   * quote; after the one that ends it comes no letter; and no row holds an array of objects.
   */
  private static final byte[] BETWEEN = "},{\"bucket\"".getBytes(StandardCharsets.US_ASCII);

  static final HourRows EMPTY = empty();

  private final int[] counts;
  private final byte[] finality;
  private final DeflatedText json;

  /**
   * Describes the rows of an hour.
   *
   * @param counts number of rows of each minute
   * @param finality of the least final row of each minute: 0 reconciled, 1 committed, 2 live
   * @param json of all rows
   */
  HourRows(int[] counts, byte[] finality, DeflatedText json) {
    this.counts = counts;
    this.finality = finality;
    this.json = json;
  }

  private static HourRows empty() {
    byte[] finality = new byte[MINUTES];
    Arrays.fill(finality, NONE);
    return new HourRows(new int[MINUTES], finality, DeflatedText.of(new byte[0]));
  }

  static HourRows of(byte[] bytes) {
    ByteBuffer from = ByteBuffer.wrap(bytes);
    int[] counts = new int[MINUTES];
    for (int minute = 0; minute < MINUTES; minute++) {
      counts[minute] = from.getInt();
    }
    byte[] finality = new byte[MINUTES];
    from.get(finality);
    return new HourRows(counts, finality, DeflatedText.get(from));
  }

  /** To be read by {@link #of}. */
  byte[] bytes() {
    ByteBuffer to = ByteBuffer.allocate(MINUTES * (Integer.BYTES + 1) + json.size());
    for (int count : counts) {
      to.putInt(count);
    }
    json.put(to.put(finality));
    return to.array();
  }

  /** Number of rows of the minutes from one, inclusive, to another, exclusive. */
  int count(int from, int to) {
    return Arrays.stream(counts, from, to).sum();
  }

  /** The least final row of these minutes; {@link #NONE} without rows. */
  byte finality(int from, int to) {
    byte least = NONE;
    for (int minute = from; minute < to; minute++) {
      least = finality[minute] > least ? finality[minute] : least;
    }
    return least;
  }

  /** Some rows of the text, at least one, without a comma around them. */
  DeflatedText rows(int first, int number) {
    if (number == count(0, MINUTES)) {
      return json;
    }
    byte[] text = json.text();
    int from = start(text, 0, first);
    int to = start(text, from, number);
    return DeflatedText.of(text, from, (to < text.length ? to - 1 : to) - from);
  }

  /** Where the row begins that comes so many rows after the one that begins here; or the end. */
  private static int start(byte[] text, int here, int rows) {
    int at = here;
    for (int left = rows; left > 0; left--) {
      at = next(text, at);
    }
    return at;
  }

  private static int next(byte[] text, int from) {
    for (int i = from; i + BETWEEN.length <= text.length; i++) {
      if (text[i] == '}'
          && Arrays.equals(text, i, i + BETWEEN.length, BETWEEN, 0, BETWEEN.length)) {
        return i + 2;
      }
    }
    return text.length;
  }
}
