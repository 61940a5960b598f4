package dev.weir.serving.export;

import dev.weir.serving.cube.CubeAnswer.Row;
import java.io.IOException;
import java.util.List;
import org.dhatim.fastexcel.Worksheet;

/** A sheet of rows under a header that stays in sight and filters. */
final class ExcelSheet {
  /** Rows that are kept before they are written. */
  private static final int KEPT_ROWS = 1_000;

  private static final String HEADER_FILL = "DCE6F1";

  private final Worksheet sheet;
  private final List<ExcelColumn> columns;
  private int length;

  ExcelSheet(Worksheet sheet, List<ExcelColumn> columns) {
    this.sheet = sheet;
    this.columns = columns;
    sheet.freezePane(0, 1);
    for (int i = 0; i < columns.size(); i++) {
      ExcelColumn column = columns.get(i);
      sheet.width(i, column.width());
      sheet.value(0, i, column.name());
      sheet
          .style(0, i)
          .bold()
          .fillColor(HEADER_FILL)
          .horizontalAlignment(column.format() == null ? "left" : "right")
          .set();
    }
    length = 1;
  }

  /** Rows so far, the header among them. */
  int length() {
    return length;
  }

  void add(Row row) throws IOException {
    for (int i = 0; i < columns.size(); i++) {
      ExcelColumn column = columns.get(i);
      Object value = column.value().apply(row);
      if (value == null) {
        continue;
      }
      if (column.format() == null) {
        sheet.value(length, i, (String) value);
      } else {
        sheet.value(length, i, (Number) value);
        sheet.style(length, i).format(column.format()).set();
      }
    }
    length++;
    if (length % KEPT_ROWS == 0) {
      sheet.flush();
    }
  }

  void end() throws IOException {
    sheet.setAutoFilter(0, 0, length - 1, columns.size() - 1);
    sheet.finish();
  }
}
