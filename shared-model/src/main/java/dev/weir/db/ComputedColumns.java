package dev.weir.db;

import dev.weir.aggregate.MinuteAggregate;
import dev.weir.pipeline.Cube;
import dev.weir.pipeline.Measure;
import dev.weir.pipeline.Percentiles;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Columns that published rows and roll-ups have besides their sketches: the declared percentiles,
 * as scaled values, then the distinct counts. Where a row is served as it is they spare reading the
 * sketch, which takes many times as long. Null: of nothing, or not computed yet.
 *
 * <p>To declare another percentile leaves a definition the same: until the database is migrated its
 * tables lack that column.
 */
public final class ComputedColumns {
  private final List<Column> columns;

  /** Not every row has a value. */
  private record Column(String name, Function<MinuteAggregate, OptionalLong> value) {}

  private ComputedColumns(List<Column> columns) {
    this.columns = List.copyOf(columns);
  }

  /** All that a cube declares. */
  public static ComputedColumns of(Cube cube) {
    List<Column> percentiles = new ArrayList<>();
    List<Column> distincts = new ArrayList<>();
    int number = 0;
    for (Measure measure : cube.measures()) {
      if (measure instanceof Measure.OfNumber of) {
        for (BigDecimal fraction : of.percentiles()) {
          percentiles.add(percentile(of.name(), number, fraction));
        }
        number++;
      } else if (measure instanceof Measure.Distinct of) {
        distincts.add(distinct(of, distincts.size()));
      }
    }
    percentiles.addAll(distincts);
    return new ComputedColumns(percentiles);
  }

  private static Column percentile(String name, int number, BigDecimal fraction) {
    return new Column(
        Percentiles.column(name, fraction), row -> row.number(number).bins().percentile(fraction));
  }

  private static Column distinct(Measure.Distinct of, int place) {
    return new Column(of.column(), row -> OptionalLong.of(row.distinct(place).estimate()));
  }

  /** Those of them that a table has. */
  public ComputedColumns among(Collection<String> present) {
    return new ComputedColumns(
        columns.stream().filter(column -> present.contains(column.name())).toList());
  }

  /** Their names, in order. */
  public List<String> names() {
    return columns.stream().map(Column::name).toList();
  }

  /** Their names, each quoted and after a comma: to follow other columns of a list. */
  public String listed() {
    return columns.stream()
        .map(column -> ", " + CubeTables.quoted(column.name()))
        .collect(Collectors.joining());
  }

  /** How many there are. */
  public int number() {
    return columns.size();
  }

  /** Their values; none for a percentile of nothing. */
  public List<OptionalLong> values(MinuteAggregate row) {
    return columns.stream().map(column -> column.value().apply(row)).toList();
  }

  /** Appends their values to a row that is being written. */
  void append(CopyBinary out, MinuteAggregate row) {
    for (Column column : columns) {
      OptionalLong value = column.value().apply(row);
      if (value.isPresent()) {
        out.bigint(value.getAsLong());
      } else {
        out.nullField();
      }
    }
  }
}
