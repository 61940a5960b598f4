package dev.weir.serving.export;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.serving.cube.Granularity;
import dev.weir.serving.cube.RowSink;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Objects;
import java.util.stream.IntStream;
import java.util.zip.ZipFile;
import org.dhatim.fastexcel.reader.Cell;
import org.dhatim.fastexcel.reader.CellType;
import org.dhatim.fastexcel.reader.ReadableWorkbook;
import org.dhatim.fastexcel.reader.ReadingOptions;
import org.dhatim.fastexcel.reader.Row;
import org.dhatim.fastexcel.reader.Sheet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ExcelDocumentTest {
  private static final Instant TEN = Instant.parse("2026-03-01T10:00:00Z");

  @TempDir private Path folder;

  @Test
  void hasRealTypes() throws IOException {
    byte[] file =
        SampleAnswer.written(
            ExportFormat.XLSX,
            SampleAnswer.head(Granularity.MINUTE, "live"),
            List.of(
                SampleAnswer.row(TEN, "=1+1", "-2", 3, "12345678901234.567"),
                SampleAnswer.row(TEN, "buy", null, 4, null)));

    try (ReadableWorkbook workbook =
        new ReadableWorkbook(new ByteArrayInputStream(file), new ReadingOptions(true, false))) {
      assertThat(workbook.getSheets().map(Sheet::getName)).containsExactly("traffic", "Summary");
      List<Row> rows = workbook.getFirstSheet().read();
      assertThat(texts(rows.get(0)))
          .containsExactly(
              "bucket (Europe/Berlin)",
              "bucket (UTC)",
              "event_type",
              "country",
              "event_count",
              "value_sum",
              "value_p95",
              "user_id_distinct",
              "status");
      Row first = rows.get(1);
      assertThat(first.getCellAsDate(0)).hasValue(LocalDateTime.parse("2026-03-01T11:00:00"));
      assertThat(first.getCellAsDate(1)).hasValue(LocalDateTime.parse("2026-03-01T10:00:00"));
      assertThat(first.getCell(2).getType()).isEqualTo(CellType.STRING);
      assertThat(first.getCellText(2)).isEqualTo("=1+1");
      assertThat(first.getCellText(3)).isEqualTo("-2");
      assertThat(first.getCellAsNumber(4)).hasValue(BigDecimal.valueOf(3));
      assertThat(first.getCellAsNumber(5)).hasValue(new BigDecimal("12345678901234.567"));
      assertThat(first.getCell(5).getDataFormatString()).isEqualTo("#,##0.000");
      assertThat(rows.get(2).getOptionalCell(3).map(Cell::getText)).isEmpty();
      assertThat(rows.get(2).getOptionalCell(5).map(Cell::getText)).isEmpty();
      assertThat(rows.stream().flatMap(Row::stream).filter(Objects::nonNull).map(Cell::getType))
          .doesNotContain(CellType.FORMULA);
    }
  }

  @Test
  void freezesAndFiltersTheHeader() throws IOException {
    byte[] file =
        SampleAnswer.written(
            ExportFormat.XLSX,
            SampleAnswer.head(Granularity.HOUR, "live"),
            List.of(SampleAnswer.row(TEN, "buy", "DE", 3, "1.000")));

    assertThat(entry(file, "xl/worksheets/sheet1.xml"))
        .contains("state=\"frozen\"", "<autoFilter ref=\"A1:I2\"", "customWidth=\"true\"")
        .doesNotContain("<f>");
  }

  @Test
  void aLongTableGoesOnInANextSheet() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Document document = new ExcelDocument(SampleAnswer.document(false), out, 4)) {
      RowSink table = document.table("traffic", SampleAnswer.query(Granularity.HOUR));
      table.begin(SampleAnswer.head(Granularity.MINUTE, "committed"));
      for (int i = 0; i < 7; i++) {
        table.row(SampleAnswer.row(TEN.plusSeconds(60L * i), "buy", "DE", i, "1.000"));
      }
      document.end();
    }

    try (ReadableWorkbook workbook =
        new ReadableWorkbook(new ByteArrayInputStream(out.toByteArray()))) {
      List<Sheet> sheets = workbook.getSheets().toList();
      assertThat(sheets.stream().map(Sheet::getName))
          .containsExactly("traffic", "traffic (2)", "traffic (3)", "Summary");
      assertThat(IntStream.range(0, 3).mapToObj(i -> rows(sheets.get(i)).size()))
          .containsExactly(4, 4, 2);
      assertThat(rows(sheets.get(2)).get(1).getCellAsNumber(4)).hasValue(BigDecimal.valueOf(6));
    }
  }

  @Test
  void aReportBeginsWithASummaryOfItsTables() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Document document = ExportFormat.XLSX.open(SampleAnswer.document(true), out)) {
      RowSink first = document.table("Hours", SampleAnswer.query(Granularity.HOUR));
      first.begin(SampleAnswer.head(Granularity.HOUR, "committed"));
      first.row(SampleAnswer.row(TEN, "buy", "DE", 3, "1.000"));
      document
          .table("Total", SampleAnswer.query(Granularity.HOUR))
          .begin(SampleAnswer.head(Granularity.TOTAL, null));
      document.end();
    }

    try (ReadableWorkbook workbook =
        new ReadableWorkbook(new ByteArrayInputStream(out.toByteArray()))) {
      assertThat(workbook.getSheets().map(Sheet::getName))
          .containsExactly("Summary", "Hours", "Total");
      assertThat(
              workbook.getFirstSheet().read().stream()
                  .map(row -> String.join(": ", texts(row)))
                  .toList())
          .contains(
              "Traffic of the shop",
              "Range: 2026-03-01 01:00 to 2026-03-02 01:00, Europe/Berlin",
              "Exactness: committed: exact, not all of it recomputed yet",
              "Exactness: no rows",
              "Version: 7",
              "Late events: 12 after their hour was recomputed; counted",
              "Rows: 1",
              "Rows: 0");
    }
  }

  @Test
  void namesEachSheetOnceWhateverItsCase() throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (Document document = ExportFormat.XLSX.open(SampleAnswer.document(true), out)) {
      for (String title :
          List.of(
              "By hour",
              "By Hour",
              "SUMMARY",
              "a/b",
              "a:b",
              "'quoted'",
              "a title that is longer than a sheet's name can be",
              "A title that is longer than a sheet's name may be")) {
        document
            .table(title, SampleAnswer.query(Granularity.HOUR))
            .begin(SampleAnswer.head(Granularity.HOUR, "committed"));
      }
      document.end();
    }

    try (ReadableWorkbook workbook =
        new ReadableWorkbook(new ByteArrayInputStream(out.toByteArray()))) {
      assertThat(workbook.getSheets().map(Sheet::getName))
          .containsExactly(
              "Summary",
              "By hour",
              "By Hour (2)",
              "SUMMARY (2)",
              "a-b",
              "a-b (2)",
              "\u2019quoted\u2019",
              "a title that is longer than a s",
              "A title that is longer than (2)");
    }
  }

  private static List<Row> rows(Sheet sheet) {
    try {
      return sheet.read();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> texts(Row row) {
    return row.stream().filter(Objects::nonNull).map(Cell::getText).toList();
  }

  private String entry(byte[] file, String name) throws IOException {
    Path workbook = Files.write(folder.resolve("workbook.xlsx"), file);
    try (ZipFile zip = new ZipFile(workbook.toFile())) {
      return new String(
          zip.getInputStream(zip.getEntry(name)).readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
