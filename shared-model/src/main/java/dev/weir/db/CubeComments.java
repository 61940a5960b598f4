package dev.weir.db;

import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Explains the columns of a cube's tables to whoever looks at them in the database. */
final class CubeComments {
  private static final Map<String, String> KEYS =
      Map.of(
          "commit", "Commit that added this.",
          "version", "Batch version that it belongs to; weir.coverage says which is served.",
          "writer", "Who writes it; only rows of weir.live_writer count.",
          "base", "Last checkpoint that the writer has passed.",
          "seq", "Ascends with every rewriting of the row.",
          "series", "Stands for the minute and the dimensions.",
          "event_hour", "Hour of the events.",
          "bucket", "Start of the minute or hour, by event time.",
          "event_count", "Number of events.");

  /** What the columns end with that numbers and identifiers bring. */
  private static final Map<String, String> MEASURES =
      Map.of(
          "_count", "Number of events that carry the number.",
          "_sum", "Sum in scaled units; 0 while the count is 0.",
          "_min", "Smallest in scaled units; null while the count is 0.",
          "_max", "Largest in scaled units; null while the count is 0.",
          "_sketch", "Bins that percentiles are read from; null while the count is 0.",
          "_hll", "HyperLogLog registers of the identifier; empty while none was seen.");

  private static final String COMPUTED =
      "Computed from the sketch or counter beside it; a percentile is a whole number of scaled"
          + " units. Null: not computed yet, or of nothing.";

  private CubeComments() {}

  /** Comments on all columns of one table, as one text of several statements. */
  static String columns(CubeTables tables, CubeTable table) {
    return Stream.concat(tables.columns(table).stream(), tables.computed(table).names().stream())
        .map(
            column ->
                "COMMENT ON COLUMN %s.%s IS '%s'"
                    .formatted(
                        tables.table(table), CubeTables.quoted(column), text(tables, column)))
        .collect(Collectors.joining("; "));
  }

  private static String text(CubeTables tables, String column) {
    if (tables.computed(CubeTable.BATCH_MINUTE).names().contains(column)) {
      return COMPUTED;
    }
    if (tables.dimensionColumns().contains(column)) {
      return "Dimension; null where the event carried none.";
    }
    if (KEYS.containsKey(column)) {
      return KEYS.get(column);
    }
    return MEASURES.entrySet().stream()
        .filter(measure -> column.endsWith(measure.getKey()))
        .map(Map.Entry::getValue)
        .findFirst()
        .orElseThrow(() -> new IllegalStateException("no explanation of the column " + column));
  }
}
