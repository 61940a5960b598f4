package dev.weir.batch.reconcile;

import dev.weir.aggregate.AggregateKey;
import dev.weir.aggregate.MeasureLayout;
import dev.weir.aggregate.MinuteAggregate;
import dev.weir.aggregate.RowMerge;
import dev.weir.db.CubeTables;
import java.util.HashMap;
import java.util.Map;

/**
 * Merges the rows of {@code COPY (SELECT <epoch of the bucket, bigint>, <rowColumnList> FROM ...)
 * TO STDOUT (FORMAT binary)} by their keys.
 */
final class BinaryCubeRows {
  private static final int LAST = -1;

  private final int cubeIndex;
  private final MeasureLayout layout;
  private final int dimensions;
  private final Map<AggregateKey, MinuteAggregate> merged = new HashMap<>();
  private final RowMerge merge = new RowMerge();
  private int[] bins = new int[64];
  private long[] counts = new long[64];
  private boolean started;

  BinaryCubeRows(int cubeIndex, CubeTables tables) {
    this.cubeIndex = cubeIndex;
    this.layout = tables.cube().layout();
    this.dimensions = tables.dimensionColumns().size();
  }

  /** All rows read, merged by key; they may be kept and changed. */
  Map<AggregateKey, MinuteAggregate> merged() {
    return merged;
  }

  /** Takes the rows of the next piece of the copy in; a row never spans two. */
  void read(byte[] piece) {
    BinaryFields fields = new BinaryFields(piece);
    if (!started) {
      fields.skipHeader();
      started = true;
    }
    while (!fields.atEnd()) {
      if (fields.row() == LAST) {
        return;
      }
      long minuteMillis = 1000 * fields.bigint();
      String[] values = new String[dimensions];
      for (int i = 0; i < dimensions; i++) {
        values[i] = fields.text();
      }
      merge(fields, piece, aggregate(new AggregateKey(cubeIndex, minuteMillis, values)));
    }
  }

  private MinuteAggregate aggregate(AggregateKey key) {
    MinuteAggregate present = merged.get(key);
    if (present == null) {
      present = MinuteAggregate.empty(layout);
      merged.put(key, present);
    }
    return present;
  }

  private void merge(BinaryFields fields, byte[] piece, MinuteAggregate into) {
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
      merge.distinct(i, piece, fields.position() - length, length);
    }
  }

  private void mergeNumber(BinaryFields fields, int i, boolean percentiles) {
    long count = fields.bigint();
    fields.numeric();
    if (count == 0) {
      for (int field = 0; field < (percentiles ? 3 : 2); field++) {
        fields.skipField(); // Extremes and sketch of nothing.
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
