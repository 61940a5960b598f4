package dev.weir.serving.export;

import dev.weir.serving.cube.AnswerHead;
import dev.weir.serving.cube.CubeAnswer.Row;
import dev.weir.serving.cube.CubeQuery;
import dev.weir.serving.cube.Granularity;
import dev.weir.serving.cube.RowSink;
import dev.weir.serving.sql.CubeShape.Column;
import dev.weir.serving.sql.CubeShape.Kind;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * One table of a PDF document. It counts all rows, draws the first {@value #MOST_DRAWN} in charts
 * and lists the first {@value #MOST_LISTED}; where there are more, it says so.
 */
final class PdfSection implements RowSink {
  static final int MOST_DRAWN = 20_000;
  static final int MOST_LISTED = 1_000;
  private static final int MOST_CHARTS = 12;
  private static final int TOP = 10;
  private static final float SMALL = 8;
  private final String title;
  private final CubeQuery query;
  private final DocumentHead head;
  private final List<Row> kept = new ArrayList<>();
  private final Map<String, TopValues> tops = new LinkedHashMap<>();
  private AnswerHead answer;
  private Column ranked;
  private long rows;

  PdfSection(String title, CubeQuery query, DocumentHead head) {
    this.title = title;
    this.query = query;
    this.head = head;
  }

  @Override
  public void begin(AnswerHead begun) {
    answer = begun;
    ranked = begun.columns().stream().filter(PdfSection::addsUp).findFirst().orElse(null);
    if (ranked != null) {
      begun.dimensions().forEach(dimension -> tops.put(dimension, new TopValues()));
    }
  }

  /** Whether the measure of two rows together is the sum of the two. */
  private static boolean addsUp(Column column) {
    return switch (column.kind()) {
      case EVENTS, PRESENT, SUM -> true;
      case MIN, MAX, AVG, PERCENTILE, DISTINCT -> false;
    };
  }

  @Override
  public void row(Row row) {
    rows++;
    if (kept.size() < MOST_DRAWN) {
      kept.add(row);
    }
    Object value = ranked == null ? null : row.measures().get(ranked.name());
    if (value != null) {
      BigDecimal amount = new BigDecimal(value.toString());
      tops.forEach(
          (dimension, top) ->
              top.add(row.other() ? "(other)" : row.dimensions().get(dimension), amount));
    }
  }

  void draw(PdfPages pages) throws IOException {
    pages.orient(false);
    pages.need(120);
    pages.down(4);
    pages.paragraph(title, PdfPages.MARGIN, pages.width(), true, 14, PdfPages.INK);
    pages.down(2);
    facts(pages);
    if (rows == 0) {
      say(pages, "There are no rows: nothing was counted in this range.");
      return;
    }
    if (rows > kept.size()) {
      say(
          pages,
          String.format(
              Locale.ROOT, "The charts show the first %,d of %,d rows.", kept.size(), rows));
    }
    charts(pages);
    tops(pages);
    table(pages);
  }

  private void facts(PdfPages pages) throws IOException {
    for (Map.Entry<String, String> fact : AnswerFacts.of(answer, head.zone()).entrySet()) {
      pages.need(SMALL * 1.6f);
      pages.text(fact.getKey(), PdfPages.MARGIN, pages.y() - SMALL, false, SMALL, PdfPages.GRAY);
      pages.textWithin(
          fact.getValue(),
          PdfPages.MARGIN + 76,
          pages.width() - 76,
          pages.y() - SMALL,
          false,
          SMALL,
          PdfPages.INK);
      pages.down(SMALL * 1.6f);
    }
    pages.down(10);
  }

  private static void say(PdfPages pages, String sentence) throws IOException {
    pages.paragraph(sentence, PdfPages.MARGIN, pages.width(), false, SMALL, PdfPages.GRAY);
    pages.down(8);
  }

  private void charts(PdfPages pages) throws IOException {
    if (answer.granularity() == Granularity.TOTAL) {
      return;
    }
    PdfChart chart = new PdfChart(pages, answer.from(), answer.to(), head.zone());
    List<Column> drawn =
        answer.columns().subList(0, Math.min(MOST_CHARTS, answer.columns().size()));
    SeriesOfRows series = new SeriesOfRows(answer, kept, Optional.ofNullable(ranked));
    if (series.all() > PdfChart.MOST_SERIES) {
      say(
          pages,
          String.format(
              Locale.ROOT,
              "The charts show the largest %d of %,d lines.",
              PdfChart.MOST_SERIES,
              series.all()));
    }
    for (Column column : drawn) {
      chart.draw(label(column), series.of(column, PdfChart.MOST_SERIES));
    }
    if (drawn.size() < answer.columns().size()) {
      say(
          pages,
          "Charts of the first " + drawn.size() + " of " + answer.columns().size() + " measures.");
    }
  }

  /** The measure's name, and whether it is an estimate. */
  private static String label(Column column) {
    return switch (column.kind()) {
      case PERCENTILE -> column.name() + "  (relative error at most 1 %)";
      case DISTINCT -> column.name() + "  (standard error 1.63 %)";
      case EVENTS, PRESENT, SUM, MIN, MAX, AVG -> column.name();
    };
  }

  private void tops(PdfPages pages) throws IOException {
    for (Map.Entry<String, TopValues> entry : tops.entrySet()) {
      List<TopValues.Top> largest = entry.getValue().largest(TOP);
      if (entry.getValue().values() < 2 || largest.isEmpty()) {
        continue;
      }
      List<String[]> lines = new ArrayList<>();
      for (TopValues.Top top : largest) {
        lines.add(
            new String[] {
              top.value(),
              number(top.sum(), ranked.kind() == Kind.SUM ? ranked.scale() : 0),
              String.format(Locale.ROOT, "%.1f %%", top.percent())
            });
      }
      pages.orient(false);
      pages.need(90);
      pages.text(
          "Largest " + entry.getKey() + " by " + ranked.name(),
          PdfPages.MARGIN,
          pages.y() - 9,
          true,
          9.5f,
          PdfPages.INK);
      pages.down(16);
      List<PdfTable.Column> unused =
          new PdfTable(
                  pages,
                  List.of(
                      new PdfTable.Column(entry.getKey(), false),
                      new PdfTable.Column(ranked.name(), true),
                      new PdfTable.Column("share", true)),
                  lines)
              .draw();
      pages.down(8);
    }
  }

  private void table(PdfPages pages) throws IOException {
    List<TableColumn> columns = TableColumn.of(answer, query);
    List<String[]> lines = new ArrayList<>();
    for (Row row : kept.subList(0, Math.min(kept.size(), MOST_LISTED))) {
      lines.add(columns.stream().map(column -> text(column, row)).toArray(String[]::new));
    }
    if (rows > lines.size()) {
      say(
          pages,
          String.format(
              Locale.ROOT,
              "The first %,d of %,d rows; all of them are in CSV, Excel and Parquet.",
              lines.size(),
              rows));
    }
    List<PdfTable.Column> leftOut =
        new PdfTable(
                pages,
                columns.stream()
                    .map(
                        column ->
                            new PdfTable.Column(
                                column.name(),
                                column.type() == TableColumn.Type.INTEGER
                                    || column.type() == TableColumn.Type.DECIMAL))
                    .toList(),
                lines)
            .draw();
    if (!leftOut.isEmpty()) {
      say(
          pages,
          "The page is too narrow for "
              + String.join(", ", leftOut.stream().map(PdfTable.Column::name).toList())
              + ": ask for fewer measures, or for CSV, Excel or Parquet.");
    }
  }

  private String text(TableColumn column, Row row) {
    Object value = column.value().apply(row);
    if (value == null) {
      return null;
    }
    return switch (column.type()) {
      case TIME -> time((Instant) value);
      case TEXT -> (String) value;
      case INTEGER, DECIMAL -> number(new BigDecimal(value.toString()), column.scale());
    };
  }

  private String time(Instant time) {
    return switch (answer.granularity()) {
      case MINUTE, HOUR, TOTAL -> AnswerTimes.minute(time, head.zone());
      case DAY, WEEK, MONTH -> AnswerTimes.day(time, head.zone());
    };
  }

  /** All digits, in groups of three. */
  private static String number(BigDecimal value, int scale) {
    return String.format(Locale.ROOT, "%,." + scale + "f", value);
  }
}
