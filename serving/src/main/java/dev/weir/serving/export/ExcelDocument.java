package dev.weir.serving.export;

import dev.weir.serving.cube.AnswerHead;
import dev.weir.serving.cube.CubeAnswer.Row;
import dev.weir.serving.cube.CubeQuery;
import dev.weir.serving.cube.RowSink;
import java.io.IOException;
import java.io.OutputStream;
import java.util.ArrayList;
import java.util.List;
import org.dhatim.fastexcel.Workbook;
import org.dhatim.fastexcel.Worksheet;

/**
 * An Excel workbook: a sheet for each table and one that says what the numbers are. Rows leave
 * memory as they are written; what stays is each different text once.
 *
 * <p>Texts are text cells, whatever they begin with: there is never a formula. A table longer than
 * a sheet can be goes on in a next sheet.
 */
final class ExcelDocument implements Document {
  private static final String SUMMARY = "Summary";

  private final DocumentHead head;
  private final Workbook workbook;
  private final int longestSheet;
  private final SheetNames names = new SheetNames();
  private final List<Table> tables = new ArrayList<>();
  private Worksheet summary;

  ExcelDocument(DocumentHead head, OutputStream out) {
    this(head, out, Worksheet.MAX_ROWS);
  }

  /**
   * @param longestSheet most rows of a sheet, the header among them
   */
  ExcelDocument(DocumentHead head, OutputStream out, int longestSheet) {
    this.head = head;
    this.longestSheet = longestSheet;
    this.workbook = new Workbook(out, "Weir", null);
    if (head.report()) {
      summary = newSheet(SUMMARY);
    }
  }

  private Worksheet newSheet(String title) {
    return workbook.newWorksheet(names.next(title));
  }

  @Override
  public RowSink table(String title, CubeQuery query) throws IOException {
    endTable();
    Table table = new Table(title, query);
    tables.add(table);
    return table;
  }

  private void endTable() throws IOException {
    if (!tables.isEmpty()) {
      tables.get(tables.size() - 1).end();
    }
  }

  @Override
  public void end() throws IOException {
    endTable();
    if (summary == null) {
      summary = newSheet(SUMMARY);
    }
    ExcelSummary lines = new ExcelSummary(summary);
    lines.document(head);
    tables.forEach(table -> lines.table(table.title, table.answer, table.rows));
    summary.finish();
    workbook.finish();
  }

  @Override
  public void close() {
    // A workbook that is not finished has nothing to free.
  }

  private final class Table implements RowSink {
    private final String title;
    private final CubeQuery query;
    private AnswerHead answer;
    private List<ExcelColumn> columns;
    private ExcelSheet sheet;
    private long rows;

    Table(String title, CubeQuery query) {
      this.title = title;
      this.query = query;
    }

    @Override
    public void begin(AnswerHead begun) throws IOException {
      answer = begun;
      columns = ExcelColumn.of(begun, query, head.zone());
      nextSheet();
    }

    private void nextSheet() throws IOException {
      end();
      sheet = new ExcelSheet(newSheet(title), columns);
    }

    @Override
    public void row(Row row) throws IOException {
      if (sheet.length() == longestSheet) {
        nextSheet();
      }
      sheet.add(row);
      rows++;
    }

    void end() throws IOException {
      if (sheet != null) {
        sheet.end();
        sheet = null;
      }
    }
  }
}
