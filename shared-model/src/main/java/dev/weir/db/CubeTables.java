package dev.weir.db;

import dev.weir.aggregate.MeasureLayout;
import dev.weir.pipeline.Cube;
import dev.weir.pipeline.Pipeline;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Names, columns and DDL of one cube definition's tables. A changed definition has another hash and
 * so tables of its own beside the old ones.
 *
 * <p>Columns after the key: the dimensions as nullable text; {@code event_count}; per measured
 * number {@code n} the columns {@code n_count}, {@code n_sum} (a whole number of scaled units, 0
 * while the count is 0), {@code n_min}, {@code n_max} (scaled, null while the count is 0) and, if
 * percentiles are measured, {@code n_sketch} (null while the count is 0); per distinct identifier
 * {@code i} the column {@code i_hll}. Batch tables end with {@link ComputedColumns}.
 */
public final class CubeTables {
  /**
   * Live rows up to this length are kept as they are, longer ones compressed: two versions of a row
   * fit a page of 8 KiB, so that it is updated in place. PostgreSQL would begin at 2 KiB, and
   * compressing costs more than writing.
   */
  public static final int LIVE_ROW_BYTES = 4064;

  private static final int HASH_DIGITS = 8;

  /** PostgreSQL cuts longer names silently. */
  private static final int MAX_NAME = 63;

  private static final String DAY_ENDING = "_YYYYMMDD";

  /** The canonical bytes of a counter that has seen nothing are no bytes. */
  private static final String COUNTER = "bytea NOT NULL DEFAULT ''";

  private static final String SKETCH = "weir.sketch";

  private final Cube cube;
  private final String name;
  private final List<Column> measures;

  private CubeTables(Pipeline pipeline, Cube cube) {
    this.cube = cube;
    this.name = name(cube.name(), cube.definitionHash());
    this.measures = measures(pipeline, cube.layout());
    int longest = name.length() + CubeTable.BATCH_MINUTE.ending().length() + DAY_ENDING.length();
    if (longest > MAX_NAME) {
      throw new IllegalArgumentException(
          "the name of cube '"
              + cube.name()
              + "' is too long for its tables: use at most "
              + (MAX_NAME - longest + cube.name().length())
              + " characters");
    }
  }

  /** The tables of a cube of that pipeline. */
  public static CubeTables of(Pipeline pipeline, Cube cube) {
    return new CubeTables(pipeline, cube);
  }

  public Cube cube() {
    return cube;
  }

  /** Qualified name of a table of any definition of a cube, for use in SQL as it is. */
  public static String table(CubeTable table, String cube, String definitionHash) {
    return table.schema() + "." + name(cube, definitionHash) + table.ending();
  }

  private static String name(String cube, String definitionHash) {
    return cube + "_" + definitionHash.substring(0, HASH_DIGITS);
  }

  /** Name shared by the definition's tables: cube and the first digits of the hash. */
  public String name() {
    return name;
  }

  /** Qualified name of a table, for use in SQL as it is. */
  public String table(CubeTable table) {
    return table.schema() + "." + name + table.ending();
  }

  public String speedTable() {
    return table(CubeTable.SPEED);
  }

  public String liveTable() {
    return table(CubeTable.LIVE);
  }

  public String batchMinuteTable() {
    return table(CubeTable.BATCH_MINUTE);
  }

  public String batchHourTable() {
    return table(CubeTable.BATCH_HOUR);
  }

  /** The dimensions' columns, in order. */
  public List<String> dimensionColumns() {
    return cube.dimensionNames();
  }

  /** {@code event_count} and the measures' columns, in order. */
  public List<String> measureColumns() {
    return measures.stream().map(Column::name).toList();
  }

  /** All columns of a table but what is computed of its sketches, in order. */
  public List<String> columns(CubeTable table) {
    List<String> all = new ArrayList<>(table.keyColumns());
    all.addAll(dimensionColumns());
    all.addAll(measureColumns());
    return all;
  }

  /** What a table has besides, once it was migrated. */
  public ComputedColumns computed(CubeTable table) {
    ComputedColumns all = ComputedColumns.of(cube);
    return table.computed() ? all : all.among(List.of());
  }

  /** {@link #columns} of a table, quoted and separated by commas: for COPY, INSERT or SELECT. */
  public String columnList(CubeTable table) {
    return quotedList(columns(table));
  }

  /** Of a live table: what tells a row, then {@link #liveCounts}. */
  public List<String> liveCountColumns() {
    List<String> all = new ArrayList<>(List.of("writer", "base", "seq", "series"));
    all.addAll(liveCounts());
    return all;
  }

  /** The measures' columns that are no sketches, in order: counts, sums, minima and maxima. */
  public List<String> liveCounts() {
    return measures.stream().filter(column -> !column.isSketch()).map(Column::name).toList();
  }

  /** Dimensions and measures, quoted and separated by commas: what is read of a row. */
  public String rowColumnList() {
    List<String> all = new ArrayList<>(dimensionColumns());
    all.addAll(measureColumns());
    return quotedList(all);
  }

  /** A name as SQL identifier: a declared name may be one of SQL's own words. */
  public static String quoted(String identifier) {
    return "\"" + identifier.replace("\"", "\"\"") + "\"";
  }

  /** Names, quoted and separated by commas. */
  public static String quotedList(List<String> names) {
    return names.stream().map(CubeTables::quoted).collect(Collectors.joining(", "));
  }

  /**
   * Statements that create what does not exist yet: tables, indexes, comments. Partitions for days
   * are created by whoever writes, inside the writing transaction, with {@code SELECT
   * weir.ensure_day('<table>'::regclass, day)}.
   */
  public List<String> ddl() {
    List<String> statements = new ArrayList<>();
    for (CubeTable table : CubeTable.values()) {
      statements.addAll(CubeDdl.statements(this, table, measures));
    }
    return statements;
  }

  /** A measure's column. */
  record Column(String name, String type) {
    /** Whether it holds more than one number. */
    boolean isSketch() {
      return type.equals(SKETCH) || type.equals(COUNTER);
    }
  }

  private static List<Column> measures(Pipeline pipeline, MeasureLayout layout) {
    List<Column> columns = new ArrayList<>();
    columns.add(new Column("event_count", "bigint NOT NULL"));
    for (MeasureLayout.NumberMeasure measure : layout.numbers()) {
      String number = pipeline.event().numbers().get(measure.number()).name();
      columns.add(new Column(number + "_count", "bigint NOT NULL"));
      columns.add(new Column(number + "_sum", "numeric NOT NULL"));
      columns.add(new Column(number + "_min", "bigint"));
      columns.add(new Column(number + "_max", "bigint"));
      if (measure.percentiles()) {
        columns.add(new Column(number + "_sketch", SKETCH));
      }
    }
    for (int identifier : layout.distinctIdentifiers()) {
      columns.add(
          new Column(pipeline.event().identifiers().get(identifier).name() + "_hll", COUNTER));
    }
    return List.copyOf(columns);
  }
}
