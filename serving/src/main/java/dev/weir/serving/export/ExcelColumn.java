package dev.weir.serving.export;

import dev.weir.serving.cube.AnswerHead;
import dev.weir.serving.cube.CubeAnswer.Row;
import dev.weir.serving.cube.CubeQuery;
import dev.weir.serving.cube.Granularity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * A column of an Excel sheet.
 *
 * @param format Excel's number format; null for text
 * @param width in characters
 * @param value what a cell holds: a {@code Number}, a {@code String}, or null
 */
record ExcelColumn(String name, String format, double width, Function<Row, Object> value) {
  /** Most characters that a cell can hold. */
  private static final int LONGEST_TEXT = 32_767;

  private static final long SECONDS_PER_DAY = 86_400;

  /** Day 0 of Excel's calendar, as it counts from March 1900 on. */
  private static final long EXCEL_EPOCH_SECONDS = -25_569 * SECONDS_PER_DAY;

  /**
   * The columns of an answer. Excel's times have no zone: where it is not UTC, a second column
   * tells apart the hours that a change of the clocks repeats.
   */
  static List<ExcelColumn> of(AnswerHead head, CubeQuery query, ZoneId zone) {
    List<ExcelColumn> columns = new ArrayList<>();
    for (TableColumn column : TableColumn.of(head, query)) {
      switch (column.type()) {
        case TIME -> {
          String format = timeFormat(head.granularity());
          if (zone.normalized().equals(ZoneOffset.UTC)) {
            columns.add(time("bucket (UTC)", format, ZoneOffset.UTC));
          } else {
            columns.add(time("bucket (" + zone.getId() + ")", format, zone));
            columns.add(time("bucket (UTC)", timeFormat(Granularity.HOUR), ZoneOffset.UTC));
          }
        }
        case TEXT ->
            columns.add(
                new ExcelColumn(
                    column.name(), null, 20, row -> text((String) column.value().apply(row))));
        case INTEGER -> columns.add(number(column, "#,##0", row -> column.value().apply(row)));
        case DECIMAL ->
            columns.add(
                number(
                    column,
                    column.scale() == 0 ? "#,##0" : "#,##0." + "0".repeat(column.scale()),
                    row -> plain((BigDecimal) column.value().apply(row))));
      }
    }
    return columns;
  }

  private static String timeFormat(Granularity granularity) {
    return switch (granularity) {
      case MINUTE, HOUR, TOTAL -> "yyyy-mm-dd hh:mm";
      case DAY, WEEK, MONTH -> "yyyy-mm-dd";
    };
  }

  private static ExcelColumn time(String name, String format, ZoneId zone) {
    return new ExcelColumn(
        name, format, Math.max(18, name.length() + 4), row -> serial(row.bucket(), zone));
  }

  private static ExcelColumn number(
      TableColumn column, String format, Function<Row, Object> value) {
    return new ExcelColumn(column.name(), format, Math.max(14, column.name().length() + 5), value);
  }

  /** Days since Excel's epoch on a clock of that zone; exact to the second. */
  static BigDecimal serial(Instant time, ZoneId zone) {
    if (time == null) {
      return null;
    }
    long seconds =
        LocalDateTime.ofInstant(time, zone).toEpochSecond(ZoneOffset.UTC) - EXCEL_EPOCH_SECONDS;
    return BigDecimal.valueOf(seconds)
        .divide(BigDecimal.valueOf(SECONDS_PER_DAY), 10, RoundingMode.HALF_EVEN);
  }

  private static String text(String value) {
    return value == null || value.length() <= LONGEST_TEXT
        ? value
        : value.substring(0, LONGEST_TEXT - 1) + "…";
  }

  /** Zero of any scale is written 0E-7 otherwise, which not every reader knows. */
  private static BigDecimal plain(BigDecimal value) {
    return value == null || value.signum() != 0 ? value : BigDecimal.ZERO;
  }
}
