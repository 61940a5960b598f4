package dev.weir.db;

import dev.weir.aggregate.AggregateKey;
import dev.weir.aggregate.LogLinearBins;
import dev.weir.aggregate.MeasureLayout;
import dev.weir.aggregate.MinuteAggregate;
import dev.weir.aggregate.NumberAggregate;
import java.util.UUID;

/**
 * Writes rows of a cube's tables in COPY's binary format, columns in the order of {@link
 * CubeTables#columns}, then {@link ComputedColumns}. Its memory is used again for each row. Not
 * thread safe.
 */
public final class CubeBinaryRow {
  /**
   * Columns of {@link CubeTable#LIVE} before the dimensions; the other tables have half of them.
   */
  private static final int LIVE_KEYS = 6;

  private static final int KEYS = 3;

  /** Grouping, part, hour and bucket. */
  private static final int ROLL_UP_KEYS = 4;

  /** Writer, base, seq and series. */
  private static final int LIVE_COUNT_KEYS = 4;

  /** Count, sum, min and max. */
  private static final int NUMBER_FIELDS = 4;

  // Object identifiers of built-in types, the same in every PostgreSQL (pg_type.dat).
  private static final int INT8 = 20;
  private static final int INT4 = 23;
  private static final int INT4_ARRAY = 1007;
  private static final int INT8_ARRAY = 1016;

  /** Dimensions, whether there are nulls, type of the elements; size and lower bound of one. */
  private static final int ARRAY_HEAD = 5 * Integer.BYTES;

  private static final int BIN_BYTES = Integer.BYTES + Integer.BYTES;
  private static final int COUNT_BYTES = Integer.BYTES + Long.BYTES;

  private final CopyBinary out;
  private int[] bins = new int[64];
  private long[] counts = new long[64];

  /**
   * @param out what the rows are appended to
   */
  public CubeBinaryRow(CopyBinary out) {
    this.out = out;
  }

  /** Appends a speed row; its first column is the commit. */
  public void append(long commit, AggregateKey key, MinuteAggregate aggregate) {
    out.row(KEYS + fields(key, aggregate.layout())).bigint(commit);
    appendTimes(key);
    appendValues(key, aggregate);
  }

  /** Appends a batch row: its version, times, dimensions, measures, then what is computed. */
  public void appendPublished(
      long version, AggregateKey key, MinuteAggregate aggregate, ComputedColumns computed) {
    out.row(KEYS + fields(key, aggregate.layout()) + computed.number()).bigint(version);
    appendTimes(key);
    appendValues(key, aggregate);
    computed.append(out, aggregate);
  }

  /** Appends a row of a roll-up: its grouping and part, then as a batch row. */
  public void appendRolledUp(
      short grouping, short part, AggregateKey key, MinuteAggregate sum, ComputedColumns computed) {
    out.row(ROLL_UP_KEYS + fields(key, sum.layout()) + computed.number());
    out.smallint(grouping).smallint(part);
    appendTimes(key);
    appendValues(key, sum);
    computed.append(out, sum);
  }

  /** Appends a live row. */
  public void appendLive(
      UUID writer, long base, long seq, AggregateKey key, MinuteAggregate aggregate) {
    out.row(LIVE_KEYS + fields(key, aggregate.layout()));
    out.uuid(writer).bigint(base).bigint(seq).uuid(key.seriesId());
    appendTimes(key);
    appendValues(key, aggregate);
  }

  /**
   * Appends what changes a live row without its sketches: {@link CubeTables#liveCountColumns}, in
   * that order.
   */
  public void appendLiveCounts(
      UUID writer, long base, long seq, AggregateKey key, MinuteAggregate aggregate) {
    int numbers = aggregate.layout().numbers().size();
    out.row(LIVE_COUNT_KEYS + 1 + NUMBER_FIELDS * numbers);
    out.uuid(writer).bigint(base).bigint(seq).uuid(key.seriesId());
    out.bigint(aggregate.count());
    for (int i = 0; i < numbers; i++) {
      appendNumber(aggregate.number(i));
    }
  }

  private static int fields(AggregateKey key, MeasureLayout layout) {
    int fields = key.dimensionCount() + 1 + layout.distinctIdentifiers().size();
    for (int i = 0; i < layout.numbers().size(); i++) {
      fields += NUMBER_FIELDS + (layout.numbers().get(i).percentiles() ? 1 : 0);
    }
    return fields;
  }

  private void appendTimes(AggregateKey key) {
    out.timestamp(key.hourMillis()).timestamp(key.minuteMillis());
  }

  private void appendValues(AggregateKey key, MinuteAggregate aggregate) {
    for (int i = 0; i < key.dimensionCount(); i++) {
      out.text(key.dimension(i));
    }
    out.bigint(aggregate.count());
    for (int i = 0; i < aggregate.layout().numbers().size(); i++) {
      appendNumber(aggregate.number(i));
      appendSketch(aggregate.number(i));
    }
    for (int i = 0; i < aggregate.layout().distinctIdentifiers().size(); i++) {
      out.bytea(aggregate.distinct(i).toBytes());
    }
  }

  private void appendNumber(NumberAggregate number) {
    out.bigint(number.count()).numeric(number.sumHigh(), number.sumLow());
    if (number.count() == 0) {
      out.nullField().nullField();
    } else {
      out.bigint(number.min()).bigint(number.max());
    }
  }

  private void appendSketch(NumberAggregate number) {
    if (number.bins() != null) {
      if (number.count() == 0) {
        out.nullField();
      } else {
        appendSketch(number.bins());
      }
    }
  }

  /** A field of type weir.sketch: each of its two fields is a type, a length and an array. */
  private void appendSketch(LogLinearBins sketch) {
    int size = sketch.size();
    if (size > bins.length) {
      bins = new int[2 * size];
      counts = new long[2 * size];
    }
    sketch.copyTo(bins, counts);
    int binsLength = ARRAY_HEAD + size * BIN_BYTES;
    int countsLength = ARRAY_HEAD + size * COUNT_BYTES;
    out.int32(5 * Integer.BYTES + binsLength + countsLength).int32(2);
    out.int32(INT4_ARRAY).int32(binsLength);
    appendArrayHead(INT4, size);
    for (int i = 0; i < size; i++) {
      out.int32(Integer.BYTES).int32(bins[i]);
    }
    out.int32(INT8_ARRAY).int32(countsLength);
    appendArrayHead(INT8, size);
    for (int i = 0; i < size; i++) {
      out.int32(Long.BYTES).int64(counts[i]);
    }
  }

  /** One dimension, no nulls, indexes from 1. */
  private void appendArrayHead(int type, int size) {
    out.int32(1).int32(0).int32(type).int32(size).int32(1);
  }
}
