package dev.weir.serving.export;

import java.awt.Color;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.PDPage;
import org.apache.pdfbox.pdmodel.PDPageContentStream;
import org.apache.pdfbox.pdmodel.PDPageContentStream.AppendMode;
import org.apache.pdfbox.pdmodel.common.PDRectangle;

/**
 * The pages of a PDF document, A4, filled from top to bottom. Lengths are points, 72 to an inch;
 * {@code y} grows upwards from the bottom of a page.
 */
final class PdfPages {
  static final float MARGIN = 48;
  static final Color INK = new Color(0x1F2937);
  static final Color GRAY = new Color(0x6B7280);
  static final Color FAINT = new Color(0xE5E7EB);
  static final Color ACCENT = new Color(0x1D4ED8);

  private static final float FOOTER = 24;
  private static final PDRectangle LANDSCAPE =
      new PDRectangle(
          /* width= */ PDRectangle.A4.getHeight(), /* height= */ PDRectangle.A4.getWidth());
  private static final float FOOTER_SIZE = 7.5f;

  private static final Pattern WHITE_SPACE = Pattern.compile("\\s+");

  private final PDDocument document;
  private final PdfFonts fonts;
  private PDPage page;
  private PDPageContentStream content;
  private boolean landscape;
  private float y;

  PdfPages(PDDocument document) throws IOException {
    this.document = document;
    this.fonts = new PdfFonts(document);
    newPage(false);
  }

  PdfFonts fonts() {
    return fonts;
  }

  /** Where the next thing is placed: its upper edge. */
  float y() {
    return y;
  }

  /** Width between the margins. */
  float width() {
    return width(landscape);
  }

  /** Width between the margins of a page of that orientation. */
  static float width(boolean landscape) {
    return (landscape ? LANDSCAPE : PDRectangle.A4).getWidth() - 2 * MARGIN;
  }

  /** Begins a page. */
  void newPage(boolean wide) throws IOException {
    endPage();
    landscape = wide;
    page = new PDPage(wide ? LANDSCAPE : PDRectangle.A4);
    document.addPage(page);
    content = new PDPageContentStream(document, page);
    y = page.getMediaBox().getHeight() - MARGIN;
  }

  /** Goes on in pages of that orientation: on a new one if this one is of the other. */
  void orient(boolean wide) throws IOException {
    if (wide != landscape) {
      newPage(wide);
    }
  }

  /** Begins a page of the same orientation unless that much fits on this one; whether it did. */
  boolean need(float height) throws IOException {
    if (y - height >= MARGIN + FOOTER) {
      return false;
    }
    newPage(landscape);
    return true;
  }

  /** Leaves room. */
  void down(float height) {
    y -= height;
  }

  private void endPage() throws IOException {
    if (content != null) {
      content.close();
      content = null;
    }
  }

  /** Writes a text with its base line at {@code baseline}. */
  void text(String text, float x, float baseline, boolean bold, float size, Color color)
      throws IOException {
    shown(fonts.shown(text, bold), x, baseline, bold, size, color);
  }

  /** The same, ending at {@code right}. */
  void textTo(String text, float right, float baseline, boolean bold, float size, Color color)
      throws IOException {
    String shown = fonts.shown(text, bold);
    shown(shown, right - fonts.width(shown, bold, size), baseline, bold, size, color);
  }

  /** The same, shortened to a width. */
  void textWithin(
      String text, float x, float width, float baseline, boolean bold, float size, Color color)
      throws IOException {
    shown(fonts.fitted(text, bold, size, width), x, baseline, bold, size, color);
  }

  private void shown(String text, float x, float baseline, boolean bold, float size, Color color)
      throws IOException {
    content.beginText();
    content.setFont(fonts.font(bold), size);
    content.setNonStrokingColor(color);
    content.newLineAtOffset(x, baseline);
    content.showText(text);
    content.endText();
  }

  /** Writes a text of several lines at the cursor, broken between words, and moves below it. */
  void paragraph(String text, float x, float width, boolean bold, float size, Color color)
      throws IOException {
    for (String line : lines(text, width, bold, size)) {
      need(size * 1.4f);
      textWithin(line, x, width, y - size, bold, size, color);
      down(size * 1.4f);
    }
  }

  /** The text broken between words into lines of that width. */
  List<String> lines(String text, float width, boolean bold, float size) throws IOException {
    List<String> lines = new ArrayList<>();
    StringBuilder line = new StringBuilder();
    for (String word : WHITE_SPACE.split(text.strip(), -1)) {
      String longer = line.isEmpty() ? word : line + " " + word;
      if (!line.isEmpty() && fonts.width(fonts.shown(longer, bold), bold, size) > width) {
        lines.add(line.toString());
        line.setLength(0);
        line.append(word);
      } else {
        line.setLength(0);
        line.append(longer);
      }
    }
    lines.add(line.toString());
    return lines;
  }

  void fill(float x, float bottom, float width, float height, Color color) throws IOException {
    content.setNonStrokingColor(color);
    content.addRect(x, bottom, width, height);
    content.fill();
  }

  void line(float x1, float y1, float x2, float y2, float thickness, Color color)
      throws IOException {
    path(List.of(new float[] {x1, y1}, new float[] {x2, y2}), thickness, color, false);
  }

  /** Draws a line through points. */
  void path(List<float[]> points, float thickness, Color color, boolean dashed) throws IOException {
    content.setStrokingColor(color);
    content.setLineWidth(thickness);
    content.setLineJoinStyle(1);
    content.setLineDashPattern(dashed ? new float[] {2.5f, 2} : new float[0], 0);
    content.moveTo(points.get(0)[0], points.get(0)[1]);
    for (float[] point : points.subList(1, points.size())) {
      content.lineTo(point[0], point[1]);
    }
    content.stroke();
  }

  /** Ends the last page and writes the foot of each, which needs their number. */
  void end(String foot) throws IOException {
    endPage();
    int pages = document.getNumberOfPages();
    for (int i = 0; i < pages; i++) {
      page = document.getPage(i);
      content = new PDPageContentStream(document, page, AppendMode.APPEND, true);
      float right = page.getMediaBox().getWidth() - MARGIN;
      line(MARGIN, MARGIN + 10, right, MARGIN + 10, 0.5f, FAINT);
      textWithin(foot, MARGIN, right - MARGIN - 80, MARGIN, false, FOOTER_SIZE, GRAY);
      textTo("Page " + (i + 1) + " of " + pages, right, MARGIN, false, FOOTER_SIZE, GRAY);
      endPage();
    }
  }
}
