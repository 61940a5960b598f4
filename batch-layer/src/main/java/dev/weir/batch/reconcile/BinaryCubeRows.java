package dev.weir.batch.reconcile;

import dev.weir.aggregate.AggregateKey;
import dev.weir.aggregate.HyperLogLog;
import dev.weir.aggregate.MeasureLayout;
import dev.weir.aggregate.MinuteAggregate;
import dev.weir.aggregate.NumberAggregate;
import dev.weir.db.CubeTables;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/**
 * Rebuilds keys and aggregates from the rows of {@code COPY (SELECT <epoch of the bucket, bigint>,
 * <rowColumnList> FROM ...) TO STDOUT (FORMAT binary)}.
 */
final class BinaryCubeRows {
  private static final int LAST = -1;

  private final int cubeIndex;
  private final MeasureLayout layout;
  private final int dimensions;
  private boolean started;

  BinaryCubeRows(int cubeIndex, CubeTables tables) {
    this.cubeIndex = cubeIndex;
    this.layout = tables.cube().layout();
    this.dimensions = tables.dimensionColumns().size();
  }

  /** Reads the rows of the next piece of the copy; a row never spans two. */
  void read(byte[] piece, BiConsumer<AggregateKey, MinuteAggregate> rows) {
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
      rows.accept(new AggregateKey(cubeIndex, minuteMillis, values), aggregate(fields));
    }
  }

  private MinuteAggregate aggregate(BinaryFields fields) {
    long count = fields.bigint();
    List<NumberAggregate> numbers = new ArrayList<>(layout.numbers().size());
    for (MeasureLayout.NumberMeasure measure : layout.numbers()) {
      numbers.add(number(fields, measure.percentiles()));
    }
    List<HyperLogLog> distincts = new ArrayList<>(layout.distinctIdentifiers().size());
    for (int i = 0; i < layout.distinctIdentifiers().size(); i++) {
      distincts.add(HyperLogLog.of(fields.bytea()));
    }
    return MinuteAggregate.of(layout, count, numbers, distincts);
  }

  private static NumberAggregate number(BinaryFields fields, boolean percentiles) {
    long count = fields.bigint();
    BigInteger sum = fields.numeric();
    if (count == 0) {
      for (int i = 0; i < (percentiles ? 3 : 2); i++) {
        fields.skipField(); // Extremes and sketch of nothing.
      }
      return NumberAggregate.of(
          0,
          BigInteger.ZERO,
          0,
          0,
          percentiles ? new int[0] : null,
          percentiles ? new long[0] : null);
    }
    long min = fields.bigint();
    long max = fields.bigint();
    if (!percentiles) {
      return NumberAggregate.of(count, sum, min, max, null, null);
    }
    fields.composite(2);
    return NumberAggregate.of(count, sum, min, max, fields.ints(), fields.longs());
  }
}
