package dev.weir.serving.export;

import dev.weir.serving.cube.CubeQuery;
import dev.weir.serving.cube.RowSink;
import java.awt.Color;
import java.io.IOException;
import java.io.OutputStream;
import java.time.ZoneOffset;
import java.util.GregorianCalendar;
import java.util.Map;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDDocumentInformation;

/**
 * A report to read and to print: what the numbers are and how exact, a chart of each measure, the
 * largest values of each dimension, and the rows. The fonts are embedded and all text can be
 * searched and copied.
 *
 * <p>It is kept in memory until it is complete, so it holds a bounded number of rows and says so:
 * see {@link PdfSection}.
 */
final class PdfDocument implements Document {
  private static final Color NOTE_GROUND = new Color(0xFEF3C7);

  private final DocumentHead head;
  private final OutputStream out;
  private final PDDocument document = new PDDocument();
  private final PdfPages pages;
  private PdfSection section;

  PdfDocument(DocumentHead head, OutputStream out) throws IOException {
    this.head = head;
    this.out = out;
    this.pages = new PdfPages(document);
    describe();
    title();
  }

  private void describe() {
    PDDocumentInformation information = document.getDocumentInformation();
    information.setTitle(head.title());
    information.setSubject("Numbers of the pipeline " + head.pipeline());
    information.setCreator("Weir");
    information.setProducer("Weir");
    information.setCreationDate(GregorianCalendar.from(head.writtenAt().atZone(ZoneOffset.UTC)));
    document.getDocumentCatalog().setLanguage("en");
  }

  private void title() throws IOException {
    pages.fill(PdfPages.MARGIN, pages.y() - 4, pages.width(), 3, PdfPages.ACCENT);
    pages.down(16);
    pages.paragraph(head.title(), PdfPages.MARGIN, pages.width(), true, 20, PdfPages.INK);
    if (head.from() != null) {
      pages.paragraph(
          AnswerTimes.range(head.from(), head.to(), head.zone()),
          PdfPages.MARGIN,
          pages.width(),
          false,
          11,
          PdfPages.GRAY);
    }
    pages.down(6);
    facts(
        Map.of("Pipeline", head.pipeline()),
        Map.of("Time zone", AnswerTimes.name(head.zone())),
        Map.of("Written at", AnswerTimes.second(head.writtenAt(), head.zone())));
    for (String note : head.notes()) {
      note(note);
    }
  }

  @SafeVarargs
  private void facts(Map<String, String>... facts) throws IOException {
    float width = pages.width() / facts.length;
    float x = PdfPages.MARGIN;
    for (Map<String, String> fact : facts) {
      for (Map.Entry<String, String> entry : fact.entrySet()) {
        pages.text(entry.getKey(), x, pages.y() - 8, false, 7.5f, PdfPages.GRAY);
        pages.textWithin(
            entry.getValue(), x, width - 10, pages.y() - 20, false, 9.5f, PdfPages.INK);
      }
      x += width;
    }
    pages.down(32);
  }

  private void note(String note) throws IOException {
    float size = 9.5f;
    float inside = pages.width() - 24;
    int lines = pages.lines(note, inside, true, size).size();
    float height = lines * size * 1.4f + 12;
    pages.need(height + 8);
    pages.fill(PdfPages.MARGIN, pages.y() - height, pages.width(), height, NOTE_GROUND);
    pages.down(6);
    pages.paragraph(note, PdfPages.MARGIN + 12, inside, true, size, PdfPages.INK);
    pages.down(14);
  }

  @Override
  public RowSink table(String title, CubeQuery query) throws IOException {
    endTable();
    PdfSection begun = new PdfSection(title, query, head);
    section = begun;
    return begun;
  }

  private void endTable() throws IOException {
    if (section != null) {
      section.draw(pages);
      section = null;
    }
  }

  @Override
  public void end() throws IOException {
    endTable();
    if (pages.fonts().hasReplaced()) {
      pages.paragraph(
          "□ stands for a character that this document's font does not have; CSV, Excel and"
              + " Parquet have it.",
          PdfPages.MARGIN,
          pages.width(),
          false,
          7.5f,
          PdfPages.GRAY);
    }
    pages.end(head.title() + " · " + head.pipeline());
    document.save(out);
    out.flush();
  }

  @Override
  public void close() throws IOException {
    document.close();
  }
}
