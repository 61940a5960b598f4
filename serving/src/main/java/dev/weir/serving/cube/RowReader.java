package dev.weir.serving.cube;

import dev.weir.serving.cube.CubeAnswer.Row;
import dev.weir.serving.cube.CubeQuery.Fill;
import dev.weir.serving.cube.RowTotals.Period;
import dev.weir.serving.sql.CubeShape.Column;
import java.math.BigDecimal;
import java.sql.Array;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;

/** Reads the rows of a {@link CubeStatement}. */
final class RowReader {
  static final byte LIVE = 2;

  private static final List<String> STATUS = List.of("reconciled", "committed", "live");

  private final CubeQuery query;
  private final boolean withTotals;
  private String rangeStatus;
  private Row totals;

  RowReader(CubeQuery query) {
    this.query = query;
    this.withTotals = RowTotals.comeWithRows(query);
  }

  /** The text of a finality; null for null. */
  static String status(Integer finality) {
    return finality == null ? null : STATUS.get(finality);
  }

  /** The finality of such a text: the larger, the less final; -1 for null. */
  static byte finality(String status) {
    return (byte) (status == null ? -1 : STATUS.indexOf(status));
  }

  /** The least final status of all rows of the range; null before the first row. */
  String rangeStatus() {
    return rangeStatus;
  }

  /** The row over all rows, where they tell it; null before the first row. */
  Row totals() {
    return totals;
  }

  Row read(ResultSet row) throws SQLException {
    if (withTotals && totals == null) {
      totals = readTotals(row);
    }
    Map<String, String> dimensions = new LinkedHashMap<>();
    for (String dimension : query.shape().dimensions()) {
      dimensions.put(dimension, row.getString(dimension));
    }
    Integer finality = row.getObject("_finality", Integer.class);
    if (query.limit() != null) {
      rangeStatus = status(row.getObject("_range_finality", Integer.class));
    }
    boolean compared =
        query.comparison() != null && row.getObject("_earlier_finality", Integer.class) != null;
    return new Row(
        bucket(row),
        status(finality),
        dimensions,
        finality == null ? nothing() : measures(row, CubeStatement::measure),
        row.getBoolean("_other"),
        compared ? measures(row, CubeStatement::earlier) : null);
  }

  private Row readTotals(ResultSet row) throws SQLException {
    boolean compared =
        query.comparison() != null
            && row.getObject(Period.EARLIER.finality(), Integer.class) != null;
    return new Row(
        null,
        status(row.getObject(Period.SHOWN.finality(), Integer.class)),
        Map.of(),
        measures(row, Period.SHOWN::measure),
        false,
        compared ? measures(row, Period.EARLIER::measure) : null);
  }

  private Instant bucket(ResultSet row) throws SQLException {
    return query.granularity() == Granularity.TOTAL
        ? null
        : row.getObject("bucket", OffsetDateTime.class).toInstant();
  }

  private Map<String, Object> measures(ResultSet row, IntFunction<String> name)
      throws SQLException {
    Map<String, Object> measures = new LinkedHashMap<>();
    for (Column column : query.shape().columns()) {
      Object value = row.getObject(name.apply(measures.size()));
      measures.put(
          column.name(),
          value instanceof Array counters ? GatheredCounters.count(counters) : value);
    }
    return measures;
  }

  /** The measures of no events. */
  private Map<String, Object> nothing() {
    Map<String, Object> measures = new LinkedHashMap<>();
    for (Column column : query.shape().columns()) {
      Object zero =
          switch (column.kind()) {
            case EVENTS, PRESENT, DISTINCT -> 0L;
            case SUM -> BigDecimal.ZERO.setScale(column.scale());
            case MIN, MAX, AVG, PERCENTILE -> null;
          };
      measures.put(column.name(), query.fill() == Fill.ZERO ? zero : null);
    }
    return measures;
  }
}
