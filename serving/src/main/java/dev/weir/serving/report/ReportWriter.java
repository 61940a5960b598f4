package dev.weir.serving.report;

import dev.weir.serving.cube.CubeCatalog;
import dev.weir.serving.cube.CubeQuery;
import dev.weir.serving.cube.CubeQueryParser;
import dev.weir.serving.cube.CubeReader;
import dev.weir.serving.export.Document;
import dev.weir.serving.export.DocumentHead;
import dev.weir.serving.export.ExportFormat;
import dev.weir.serving.http.BadParametersException;
import dev.weir.serving.report.Report.Question;
import dev.weir.serving.sql.CubeShape;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;

/** Makes the files of a report. */
final class ReportWriter {
  private final String pipeline;
  private final CubeCatalog catalog;
  private final CubeQueryParser parser;
  private final CubeReader reader;
  private final Clock clock;

  ReportWriter(
      String pipeline,
      CubeCatalog catalog,
      CubeQueryParser parser,
      CubeReader reader,
      Clock clock) {
    this.pipeline = pipeline;
    this.catalog = catalog;
    this.parser = parser;
    this.reader = reader;
    this.clock = clock;
  }

  /**
   * Writes the files into a folder. A format that holds one table has a file for each question.
   *
   * @param notes what a reader must know before anything else
   */
  List<ReportFile> write(Report report, Span.Range range, List<String> notes, Path folder)
      throws IOException {
    DocumentHead head =
        new DocumentHead(
            report.title(),
            pipeline,
            report.zone(),
            range.from(),
            range.to(),
            clock.instant(),
            notes,
            true);
    String name = report.name() + "_" + days(report, range);
    List<ReportFile> files = new ArrayList<>();
    for (ExportFormat format : report.formats()) {
      if (format.severalTables() || report.questions().size() == 1) {
        files.add(write(report, range, head, format, report.questions(), folder, name));
      } else {
        for (int i = 0; i < report.questions().size(); i++) {
          Question question = report.questions().get(i);
          files.add(
              write(
                  report,
                  range,
                  head,
                  format,
                  List.of(question),
                  folder,
                  name + "_" + (i + 1) + "_" + question.cube()));
        }
      }
    }
    return files;
  }

  /** The first day of the range, and the last one if that is another. */
  static String days(Report report, Span.Range range) {
    LocalDate first = range.from().atZone(report.zone()).toLocalDate();
    LocalDate last = range.to().atZone(report.zone()).toLocalDate().minusDays(1);
    return first.equals(last) ? first.toString() : first + "_" + last;
  }

  private ReportFile write(
      Report report,
      Span.Range range,
      DocumentHead head,
      ExportFormat format,
      List<Question> questions,
      Path folder,
      String name)
      throws IOException {
    Path content = folder.resolve(name + "." + format.text());
    try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(content));
        Document document = format.open(head, out)) {
      for (Question question : questions) {
        CubeQuery query = query(report, range, question);
        reader.stream(query, document.table(question.title(), query));
      }
      document.end();
    }
    return new ReportFile(name + "." + format.text(), format.mediaType(), content);
  }

  private CubeQuery query(Report report, Span.Range range, Question question) {
    CubeShape shown = catalog.shown(question.cube());
    try {
      return parser.parse(shown, question.of(range, report.zone()));
    } catch (BadParametersException e) {
      if (!catalog.backfilling(shown)) {
        throw e;
      }
      throw new IllegalStateException(
          "the cube "
              + question.cube()
              + " shows its definition of before until the batch layer has covered the declared one: "
              + e.getMessage(),
          e);
    }
  }
}
