package dev.weir.db;

import dev.weir.aggregate.AggregateKey;
import dev.weir.aggregate.LogLinearBins;
import dev.weir.aggregate.MinuteAggregate;
import dev.weir.aggregate.NumberAggregate;
import java.time.Instant;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * Writes rows of a cube's tables in COPY's text format, columns in the order of {@link
 * CubeTables#columns}: one of the key methods, then {@link #appendValues}. For tests: a second way
 * to write what {@link CubeBinaryRow} writes.
 */
public final class CubeCopyRow {
  private CubeCopyRow() {}

  /**
   * Appends the key columns of a speed row (first column: the commit) or a batch row (the version).
   */
  public static StringBuilder appendKey(StringBuilder row, long number, AggregateKey key) {
    row.append(number).append('\t');
    return appendTimes(row, key);
  }

  /** Appends the key columns of a live row. */
  public static StringBuilder appendLiveKey(
      StringBuilder row, UUID writer, long base, long seq, AggregateKey key) {
    row.append(writer).append('\t').append(base).append('\t').append(seq).append('\t');
    row.append(key.seriesId()).append('\t');
    return appendTimes(row, key);
  }

  private static StringBuilder appendTimes(StringBuilder row, AggregateKey key) {
    appendTimestamp(row, key.hourMillis()).append('\t');
    return appendTimestamp(row, key.minuteMillis()).append('\t');
  }

  /** Appends dimensions and measures and ends the row's line. */
  public static StringBuilder appendValues(
      StringBuilder row, AggregateKey key, MinuteAggregate aggregate) {
    return appendMeasures(row, key, aggregate).append('\n');
  }

  /** Appends dimensions, measures and what is computed of them and ends the row's line. */
  public static StringBuilder appendValues(
      StringBuilder row, AggregateKey key, MinuteAggregate aggregate, ComputedColumns computed) {
    appendMeasures(row, key, aggregate);
    for (OptionalLong value : computed.values(aggregate)) {
      row.append('\t').append(value.isPresent() ? value.getAsLong() : "\\N");
    }
    return row.append('\n');
  }

  private static StringBuilder appendMeasures(
      StringBuilder row, AggregateKey key, MinuteAggregate aggregate) {
    for (int i = 0; i < key.dimensionCount(); i++) {
      append(row, key.dimension(i)).append('\t');
    }
    row.append(aggregate.count());
    for (int i = 0; i < aggregate.layout().numbers().size(); i++) {
      appendNumber(row, aggregate.number(i));
    }
    for (int i = 0; i < aggregate.layout().distinctIdentifiers().size(); i++) {
      append(row.append('\t'), aggregate.distinct(i).toBytes());
    }
    return row;
  }

  private static void appendNumber(StringBuilder row, NumberAggregate number) {
    row.append('\t').append(number.count());
    LogLinearBins bins = number.bins();
    if (number.count() == 0) {
      row.append("\t0\t\\N\t\\N").append(bins == null ? "" : "\t\\N");
      return;
    }
    row.append('\t');
    if (number.sumHigh() == number.sumLow() >> 63) {
      row.append(number.sumLow());
    } else {
      row.append(number.sum());
    }
    row.append('\t').append(number.min()).append('\t').append(number.max());
    if (bins != null) {
      int[] present = bins.bins();
      long[] counts = bins.counts();
      row.append("\t(\"{");
      for (int i = 0; i < present.length; i++) {
        row.append(i == 0 ? "" : ",").append(present[i]);
      }
      row.append("}\",\"{");
      for (int i = 0; i < counts.length; i++) {
        row.append(i == 0 ? "" : ",").append(counts[i]);
      }
      row.append("}\")");
    }
  }

  /** Appends a text field's value, escaped; null as {@code \N}. */
  static StringBuilder append(StringBuilder row, String value) {
    if (value == null) {
      return row.append("\\N");
    }
    for (int i = 0; i < value.length(); i++) {
      char unit = value.charAt(i);
      switch (unit) {
        case '\\' -> row.append("\\\\");
        case '\t' -> row.append("\\t");
        case '\n' -> row.append("\\n");
        case '\r' -> row.append("\\r");
        default -> row.append(unit);
      }
    }
    return row;
  }

  /** Appends a timestamptz value. */
  static StringBuilder appendTimestamp(StringBuilder row, long epochMillis) {
    return row.append(Instant.ofEpochMilli(epochMillis));
  }

  /** Appends a bytea value; null as {@code \N}. */
  static StringBuilder append(StringBuilder row, byte[] value) {
    if (value == null) {
      return row.append("\\N");
    }
    row.append("\\\\x");
    for (byte b : value) {
      row.append(Character.forDigit((b >> 4) & 0xF, 16)).append(Character.forDigit(b & 0xF, 16));
    }
    return row;
  }
}
