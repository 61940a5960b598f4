package dev.weir.serving.sql;

import dev.weir.db.CubeTable;
import dev.weir.db.CubeTables;
import dev.weir.pipeline.Cube;
import dev.weir.pipeline.Measure;
import dev.weir.pipeline.Measure.Statistic;
import dev.weir.pipeline.Percentiles;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What the merged views of a cube show: its dimensions and its columns, each with what a script
 * needs to compute it.
 *
 * @param cube name of the cube
 * @param definitionHash of the definition these columns belong to
 * @param dimensions canonical names, in order
 * @param columns the measures, in the order they are shown
 */
public record CubeShape(
    String cube, String definitionHash, List<String> dimensions, List<Column> columns) {

  /** Decimal places that an average has beyond its number's own. */
  public static final int EXTRA_AVERAGE_DIGITS = 4;

  public CubeShape {
    dimensions = List.copyOf(dimensions);
    columns = List.copyOf(columns);
  }

  /** What a column is; the names are the kinds of repeated lines in the scripts. */
  public enum Kind {
    EVENTS,
    PRESENT,
    SUM,
    MIN,
    MAX,
    AVG,
    PERCENTILE,
    DISTINCT
  }

  /**
   * A measure that is shown.
   *
   * @param name of the column, for example {@code value_p95}
   * @param of the number or identifier measured; {@code event} for the event count
   * @param scale decimal places of the value
   * @param fraction of a percentile, null for anything else
   */
  public record Column(String name, Kind kind, String of, int scale, BigDecimal fraction) {
    /** The same with other decimal places; null: with its own. */
    public Column withScale(Integer other) {
      return other == null ? this : new Column(name, kind, of, other, fraction);
    }
  }

  /** Qualified name of a table of this definition, for use in SQL as it is. */
  public String table(CubeTable table) {
    return CubeTables.table(table, cube, definitionHash);
  }

  /** Derives the shape of a declared cube. */
  public static CubeShape of(Cube cube) {
    List<Column> columns = new ArrayList<>();
    columns.add(new Column("event_count", Kind.EVENTS, "event", 0, null));
    for (Measure measure : cube.measures()) {
      if (measure instanceof Measure.OfNumber number) {
        addNumber(number, columns);
      } else if (measure instanceof Measure.Distinct distinct) {
        columns.add(new Column(distinct.column(), Kind.DISTINCT, distinct.name(), 0, null));
      }
    }
    return new CubeShape(cube.name(), cube.definitionHash(), cube.dimensionNames(), columns);
  }

  private static void addNumber(Measure.OfNumber number, List<Column> columns) {
    String name = number.name();
    int scale = number.scale();
    Set<Statistic> statistics = number.statistics();
    columns.add(new Column(name + "_count", Kind.PRESENT, name, 0, null));
    // An average over a longer time or fewer dimensions is made from the sum, so an average brings
    // its sum along.
    if (statistics.contains(Statistic.SUM) || statistics.contains(Statistic.AVG)) {
      columns.add(new Column(name + "_sum", Kind.SUM, name, scale, null));
    }
    if (statistics.contains(Statistic.MIN)) {
      columns.add(new Column(name + "_min", Kind.MIN, name, scale, null));
    }
    if (statistics.contains(Statistic.MAX)) {
      columns.add(new Column(name + "_max", Kind.MAX, name, scale, null));
    }
    if (statistics.contains(Statistic.AVG)) {
      columns.add(new Column(name + "_avg", Kind.AVG, name, scale + EXTRA_AVERAGE_DIGITS, null));
    }
    for (BigDecimal fraction : number.percentiles()) {
      columns.add(
          new Column(Percentiles.column(name, fraction), Kind.PERCENTILE, name, scale, fraction));
    }
  }

  /** The same cube with fewer dimensions, in the order given. */
  public CubeShape withDimensions(List<String> kept) {
    return new CubeShape(cube, definitionHash, kept, columns);
  }

  /** The same cube with fewer measures. */
  public CubeShape withColumns(Predicate<Column> kept) {
    return new CubeShape(cube, definitionHash, dimensions, columns.stream().filter(kept).toList());
  }

  /**
   * The values of the repeated lines: {@code dimension}, one kind per {@link Kind} in lower case,
   * and {@code sketch} once for each number that has percentiles.
   */
  public Map<String, List<Map<String, String>>> elements() {
    Map<Kind, List<Map<String, String>>> byKind = new EnumMap<>(Kind.class);
    List<Map<String, String>> sketches = new ArrayList<>();
    for (Column column : columns) {
      Map<String, String> values = values(column);
      byKind.computeIfAbsent(column.kind(), kind -> new ArrayList<>()).add(values);
      if (column.kind() == Kind.PERCENTILE
          && sketches.stream().noneMatch(sketch -> sketch.get("of").equals(column.of()))) {
        sketches.add(values);
      }
    }
    List<Map<String, String>> dimensionValues = new ArrayList<>();
    for (String name : dimensions) {
      dimensionValues.add(Map.of("dimension", SqlNames.quote(name)));
    }
    Map<String, List<Map<String, String>>> elements = new HashMap<>();
    byKind.forEach((kind, values) -> elements.put(lowerCase(kind), values));
    elements.put("dimension", dimensionValues);
    elements.put("sketch", sketches);
    return elements;
  }

  private static String lowerCase(Kind kind) {
    return kind.name().toLowerCase(Locale.ROOT);
  }

  private static Map<String, String> values(Column column) {
    String of = column.of();
    return Map.ofEntries(
        Map.entry("of", of),
        Map.entry("column", SqlNames.quote(column.name())),
        Map.entry("count", SqlNames.quote(of + "_count")),
        Map.entry("sum", SqlNames.quote(of + "_sum")),
        Map.entry("min", SqlNames.quote(of + "_min")),
        Map.entry("max", SqlNames.quote(of + "_max")),
        Map.entry("bins", SqlNames.quote(of + "_sketch")),
        Map.entry("registers", SqlNames.quote(of + "_hll")),
        Map.entry("scale", Integer.toString(column.scale())),
        Map.entry("unit", BigDecimal.ONE.movePointLeft(column.scale()).toPlainString()),
        Map.entry("number_unit", BigDecimal.ONE.movePointLeft(numberScale(column)).toPlainString()),
        Map.entry(
            "fraction", column.fraction() == null ? "NULL" : column.fraction().toPlainString()));
  }

  private static int numberScale(Column column) {
    return column.kind() == Kind.AVG ? column.scale() - EXTRA_AVERAGE_DIGITS : column.scale();
  }
}
