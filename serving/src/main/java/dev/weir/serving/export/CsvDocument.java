package dev.weir.serving.export;

import dev.weir.serving.cube.AnswerHead;
import dev.weir.serving.cube.CubeAnswer.Row;
import dev.weir.serving.cube.CubeQuery;
import dev.weir.serving.cube.RowSink;
import java.io.BufferedWriter;
import java.io.IOException;
import java.io.OutputStream;
import java.io.OutputStreamWriter;
import java.io.Writer;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;

/**
 * One table as RFC 4180 has it: UTF-8, a line of names, lines that end with CR LF. Nothing is kept
 * of a row that is written.
 *
 * <p>Numbers are plain digits, times ISO-8601 with the offset of the document's zone. A missing
 * value is empty, an empty text is {@code ""}. An apostrophe stands before what begins a formula at
 * the start of a text, and where a spreadsheet may take a new cell to start within one.
 */
final class CsvDocument implements Document, RowSink {
  private static final String LINE_END = "\r\n";

  /** What spreadsheets begin a formula with, some of them in the full-width form, too. */
  private static final String BEGINS_FORMULA = "=+-@\uFF1D\uFF0B\uFF0D\uFF20";

  /** What spreadsheets skip before a formula. */
  private static final String SKIPPED = "\t\r\n";

  /** What ends a cell, by the settings of the spreadsheet even within quotes. */
  private static final String ENDS_CELL = ";\t\r\n";

  private final ZoneId zone;
  private final Writer out;
  private CubeQuery asked;
  private List<TableColumn> columns;
  private Instant lastTime;
  private String lastTimeText;

  CsvDocument(DocumentHead head, OutputStream out) {
    this.zone = head.zone();
    this.out = new BufferedWriter(new OutputStreamWriter(out, StandardCharsets.UTF_8), 1 << 14);
  }

  @Override
  public RowSink table(String title, CubeQuery query) {
    if (columns != null) {
      throw new IllegalStateException("a CSV file holds one table");
    }
    asked = query;
    return this;
  }

  @Override
  public void begin(AnswerHead head) throws IOException {
    columns = TableColumn.of(head, asked);
    for (int i = 0; i < columns.size(); i++) {
      separate(i);
      text(columns.get(i).name());
    }
    out.write(LINE_END);
  }

  @Override
  public void row(Row row) throws IOException {
    for (int i = 0; i < columns.size(); i++) {
      separate(i);
      TableColumn column = columns.get(i);
      Object value = column.value().apply(row);
      if (value == null) {
        continue;
      }
      switch (column.type()) {
        case TIME -> out.write(time((Instant) value));
        case TEXT -> text((String) value);
        case INTEGER -> out.write(value.toString());
        case DECIMAL -> out.write(((BigDecimal) value).toPlainString());
      }
    }
    out.write(LINE_END);
  }

  private void separate(int column) throws IOException {
    if (column > 0) {
      out.write(',');
    }
  }

  /** Rows come in the order of their buckets: most have the time of the one before. */
  private String time(Instant time) {
    if (!time.equals(lastTime)) {
      lastTime = time;
      lastTimeText = DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(time.atZone(zone));
    }
    return lastTimeText;
  }

  private void text(String value) throws IOException {
    if (!mustBeQuoted(value)) {
      out.write(value);
      return;
    }
    out.write('"');
    for (int i = 0; i < value.length(); i++) {
      char character = value.charAt(i);
      if (beginsFormula(value, i)) {
        out.write('\'');
      }
      if (character == '"') {
        out.write('"');
      }
      out.write(character);
    }
    out.write('"');
  }

  /** Whether a formula may begin at a place in a text. */
  private static boolean beginsFormula(String value, int at) {
    char character = value.charAt(at);
    boolean sign = BEGINS_FORMULA.indexOf(character) >= 0;
    return at == 0
        ? sign || SKIPPED.indexOf(character) >= 0
        : sign && ENDS_CELL.indexOf(value.charAt(at - 1)) >= 0;
  }

  private static boolean mustBeQuoted(String value) {
    if (value.isEmpty()
        || value.charAt(0) == ' '
        || value.charAt(value.length() - 1) == ' '
        || value.charAt(0) == '\uFEFF') {
      return true;
    }
    for (int i = 0; i < value.length(); i++) {
      char character = value.charAt(i);
      if (character == ','
          || character == '"'
          || character == '\r'
          || character == '\n'
          || beginsFormula(value, i)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public void end() throws IOException {
    out.flush();
  }

  @Override
  public void close() {
    // Nothing is held but what was given.
  }
}
