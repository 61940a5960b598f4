package dev.weir.serving.export;

import dev.weir.serving.cube.AnswerHead;
import dev.weir.serving.cube.CubeAnswer.Row;
import dev.weir.serving.cube.CubeQuery;
import dev.weir.serving.cube.Granularity;
import dev.weir.serving.sql.CubeShape.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/**
 * A column of a table that an answer is written to.
 *
 * @param name as in the SQL views and in JSON
 * @param scale decimal places of a {@code DECIMAL}, 0 for anything else
 * @param value what a row has in it: an {@code Instant}, {@code String}, {@code Long} or {@code
 *     BigDecimal} by its type; null where there is none
 */
record TableColumn(String name, Type type, int scale, Function<Row, Object> value) {

  /** What a column holds. */
  enum Type {
    TIME,
    TEXT,
    INTEGER,
    DECIMAL
  }

  /**
   * The columns of an answer: its bucket unless it is a total, the dimensions, whether a row is all
   * the rest if there may be one, the measures, the same of the earlier period if there is one, the
   * status.
   */
  static List<TableColumn> of(AnswerHead head, CubeQuery query) {
    List<TableColumn> columns = new ArrayList<>();
    if (head.granularity() != Granularity.TOTAL) {
      columns.add(new TableColumn("bucket", Type.TIME, 0, Row::bucket));
    }
    for (String dimension : head.dimensions()) {
      columns.add(new TableColumn(dimension, Type.TEXT, 0, row -> row.dimensions().get(dimension)));
    }
    if (query.top() != null && query.top().other()) {
      columns.add(new TableColumn("other", Type.TEXT, 0, row -> Boolean.toString(row.other())));
    }
    for (Column column : head.columns()) {
      columns.add(measure(column, column.name(), Row::measures));
    }
    if (query.comparison() != null) {
      for (Column column : head.columns()) {
        columns.add(measure(column, "compared_" + column.name(), Row::compared));
      }
    }
    columns.add(new TableColumn("status", Type.TEXT, 0, Row::status));
    return columns;
  }

  private static TableColumn measure(
      Column column, String name, Function<Row, Map<String, Object>> measures) {
    Type type =
        switch (column.kind()) {
          case EVENTS, PRESENT, DISTINCT -> Type.INTEGER;
          case SUM, MIN, MAX, AVG, PERCENTILE -> Type.DECIMAL;
        };
    return new TableColumn(
        name,
        type,
        type == Type.DECIMAL ? column.scale() : 0,
        row -> {
          Map<String, Object> values = measures.apply(row);
          return values == null ? null : values.get(column.name());
        });
  }
}
