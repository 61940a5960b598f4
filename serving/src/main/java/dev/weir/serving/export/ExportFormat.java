package dev.weir.serving.export;

import java.io.IOException;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The files that answers can be had as. */
public enum ExportFormat {
  /** RFC 4180, UTF-8, a line of names first. */
  CSV("csv", "text/csv", false),
  /** Excel workbook, a sheet for each table. */
  XLSX("xlsx", "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet", true),
  /** Pages to read and to print: charts and tables. */
  PDF("pdf", "application/pdf", true),
  /** Typed columns for further computing. */
  PARQUET("parquet", "application/vnd.apache.parquet", false);

  private final String text;
  private final String mediaType;
  private final boolean severalTables;

  ExportFormat(String text, String mediaType, boolean severalTables) {
    this.text = text;
    this.mediaType = mediaType;
    this.severalTables = severalTables;
  }

  /** As it is written in {@code format=} and behind the dot of a file's name. */
  public String text() {
    return text;
  }

  /** As it is written in an {@code Accept} header, without parameters. */
  public String mediaType() {
    return mediaType;
  }

  /** Whether one document holds several tables. */
  public boolean severalTables() {
    return severalTables;
  }

  /** The format of that name. */
  public static Optional<ExportFormat> of(String text) {
    return Arrays.stream(values()).filter(format -> format.text.equals(text)).findFirst();
  }

  /** Names of all formats. */
  public static List<String> names() {
    return Arrays.stream(values()).map(ExportFormat::text).toList();
  }

  /** Opens a document that is written to the stream as its rows come, as far as the format can. */
  public Document open(DocumentHead head, OutputStream out) throws IOException {
    return switch (this) {
      case CSV -> new CsvDocument(head, out);
      case XLSX -> new ExcelDocument(head, out);
      case PDF -> new PdfDocument(head, out);
      case PARQUET -> new ParquetDocument(out);
    };
  }
}
