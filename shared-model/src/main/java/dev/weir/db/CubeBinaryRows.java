package dev.weir.db;

import dev.weir.aggregate.MeasureLayout;
import dev.weir.aggregate.MinuteAggregate;
import dev.weir.aggregate.RowMerge;
import java.util.function.Function;

/**
 * Merges rows of a cube's tables as they come out of {@code COPY ... TO STDOUT (FORMAT binary)}:
 * columns that tell which aggregate a row belongs to, then {@link CubeTables#measureColumns}. Its
 * memory is used again for each row. Not thread safe.
 */
public final class CubeBinaryRows {
  private static final int LAST = -1;

  private final MeasureLayout layout;
  private final Function<BinaryFields, MinuteAggregate> target;
  private final RowMerge merge = new RowMerge();
  private int[] bins = new int[64];
  private long[] counts = new long[64];
  private boolean started;

  /**
   * @param layout of the rows
   * @param target reads the columns before the measures and says what a row is merged into
   */
  public CubeBinaryRows(MeasureLayout layout, Function<BinaryFields, MinuteAggregate> target) {
    this.layout = layout;
    this.target = target;
  }

  /** The dimensions of a row, each a text or null. */
  public static String[] dimensions(BinaryFields fields, int number) {
    String[] values = new String[number];
    for (int i = 0; i < number; i++) {
      values[i] = fields.text();
    }
    return values;
  }

  /**
   * Merges the rows of the next piece of the copy; a row never spans two.
   *
   * @throws IllegalArgumentException if a row is not as declared, or contradicts itself
   */
  public void read(byte[] piece) {
    BinaryFields fields = new BinaryFields(piece);
    if (!started) {
      fields.skipHeader();
      started = true;
    }
    while (!fields.atEnd()) {
      if (fields.row() == LAST) {
        return;
      }
      merge(fields, target.apply(fields));
    }
  }

  private void merge(BinaryFields fields, MinuteAggregate into) {
    long events = fields.bigint();
    if (events < 0) {
      throw new IllegalArgumentException("a row of a cube's table has " + events + " events");
    }
    merge.start(into, events);
    for (int i = 0; i < layout.numbers().size(); i++) {
      mergeNumber(fields, i, layout.numbers().get(i).percentiles());
    }
    for (int i = 0; i < layout.distinctIdentifiers().size(); i++) {
      int length = fields.bytea();
      merge.distinct(i, fields.bytes(), fields.position() - length, length);
    }
  }

  private void mergeNumber(BinaryFields fields, int i, boolean percentiles) {
    long count = fields.bigint();
    fields.numeric();
    if (count == 0) {
      if ((fields.high() | fields.low()) != 0) {
        throw new IllegalArgumentException("a row of a cube's table has a sum of no values");
      }
      for (int field = 0; field < (percentiles ? 3 : 2); field++) {
        fields.nullField(); // Extremes and sketch.
      }
      return;
    }
    long min = fields.bigint();
    long max = fields.bigint();
    if (percentiles) {
      fields.composite(2);
      bins = fields.ints(bins);
      int size = fields.size();
      counts = fields.longs(counts);
      if (fields.size() != size) {
        throw new IllegalArgumentException(size + " bins, but " + fields.size() + " counts");
      }
    }
    merge.number(i, count, fields.high(), fields.low(), min, max, bins, counts, fields.size());
  }
}
