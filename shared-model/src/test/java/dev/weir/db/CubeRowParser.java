package dev.weir.db;

import dev.weir.aggregate.HyperLogLog;
import dev.weir.aggregate.MeasureLayout;
import dev.weir.aggregate.MinuteAggregate;
import dev.weir.aggregate.NumberAggregate;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

/**
 * Rebuilds aggregates from rows of {@code COPY (SELECT <leading columns>, <rowColumnList> FROM ...)
 * TO STDOUT}: the inverse of {@link CubeBinaryRow}. For tests: they read the tables in a way of
 * their own.
 *
 * <p>Leading columns are whatever the query wants to know besides; for times select {@code extract
 * (epoch FROM bucket)::bigint}, so that no session's time zone matters.
 */
public final class CubeRowParser {
  private static final HexFormat HEX = HexFormat.of();

  private final MeasureLayout layout;
  private final int leading;
  private final int dimensions;
  private final int columns;

  /**
   * @param tables whose {@link CubeTables#rowColumnList()} the query selects last
   * @param leading how many columns it selects before them
   */
  public CubeRowParser(CubeTables tables, int leading) {
    this.layout = tables.cube().layout();
    this.leading = leading;
    this.dimensions = tables.dimensionColumns().size();
    this.columns = leading + dimensions + tables.measureColumns().size();
  }

  /**
   * Reads one row.
   *
   * @throws IllegalArgumentException if the line is not such a row or its values contradict each
   *     other
   */
  public CubeRow parse(String line) {
    String[] fields = CopyText.fields(line, columns);
    String[] before = new String[leading];
    System.arraycopy(fields, 0, before, 0, leading);
    String[] values = new String[dimensions];
    System.arraycopy(fields, leading, values, 0, dimensions);
    int at = leading + dimensions;
    long count = Long.parseLong(fields[at++]);
    List<NumberAggregate> numbers = new ArrayList<>(layout.numbers().size());
    for (MeasureLayout.NumberMeasure measure : layout.numbers()) {
      numbers.add(number(fields, at, measure.percentiles()));
      at += measure.percentiles() ? 5 : 4;
    }
    List<HyperLogLog> distincts = new ArrayList<>(layout.distinctIdentifiers().size());
    for (int i = 0; i < layout.distinctIdentifiers().size(); i++) {
      distincts.add(distinct(fields[at++]));
    }
    return new CubeRow(before, values, MinuteAggregate.of(layout, count, numbers, distincts));
  }

  private static NumberAggregate number(String[] fields, int at, boolean percentiles) {
    long count = Long.parseLong(fields[at]);
    int[] bins = percentiles ? new int[0] : null;
    long[] binCounts = percentiles ? new long[0] : null;
    if (count == 0) {
      return NumberAggregate.of(0, BigInteger.ZERO, 0, 0, bins, binCounts);
    }
    if (percentiles) {
      String sketch = fields[at + 4];
      int binsEnd = sketch.indexOf('}');
      String[] binTexts = elements(sketch, 0, binsEnd);
      String[] countTexts = elements(sketch, binsEnd, sketch.lastIndexOf('}'));
      bins = new int[binTexts.length];
      binCounts = new long[countTexts.length];
      for (int i = 0; i < bins.length; i++) {
        bins[i] = Integer.parseInt(binTexts[i]);
      }
      for (int i = 0; i < binCounts.length; i++) {
        binCounts[i] = Long.parseLong(countTexts[i]);
      }
    }
    return NumberAggregate.of(
        count,
        new BigInteger(fields[at + 1]),
        Long.parseLong(fields[at + 2]),
        Long.parseLong(fields[at + 3]),
        bins,
        binCounts);
  }

  /** Elements of the first array after a place in a composite's text, {@code ("{1,2}","{3,4}")}. */
  private static String[] elements(String sketch, int from, int end) {
    int open = sketch.indexOf('{', from);
    if (open < 0 || end <= open) {
      throw new IllegalArgumentException("not a weir.sketch: " + sketch);
    }
    return sketch.substring(open + 1, end).split(",", -1);
  }

  private static HyperLogLog distinct(String bytea) {
    return HyperLogLog.of(HEX.parseHex(bytea.subSequence(2, bytea.length())));
  }
}
