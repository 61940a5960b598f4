package dev.weir.serving.export;

import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Set;
import org.apache.fontbox.ttf.CmapLookup;
import org.apache.fontbox.ttf.TTFParser;
import org.apache.fontbox.ttf.TrueTypeFont;
import org.apache.pdfbox.io.RandomAccessReadBuffer;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.pdmodel.font.PDFont;
import org.apache.pdfbox.pdmodel.font.PDType0Font;

/**
 * The fonts of a PDF document, DejaVu Sans Condensed, embedded with the characters that are used.
 * What they cannot show is replaced by a box and remembered.
 */
final class PdfFonts {
  private static final String FOLDER = "net/sf/jasperreports/fonts/dejavu/";
  private static final int BOX = 0x25A1;

  /** A font and what it can show. */
  private record Face(PDFont font, CmapLookup characters) {}

  private final Face regular;
  private final Face bold;
  private final Set<Integer> replaced = new HashSet<>();

  PdfFonts(PDDocument document) throws IOException {
    regular = load(document, "DejaVuSansCondensed.ttf");
    bold = load(document, "DejaVuSansCondensed-Bold.ttf");
  }

  private static Face load(PDDocument document, String file) throws IOException {
    try (InputStream in = PdfFonts.class.getClassLoader().getResourceAsStream(FOLDER + file)) {
      if (in == null) {
        throw new IllegalStateException("the font " + FOLDER + file + " is not on the class path");
      }
      TrueTypeFont font = new TTFParser().parse(new RandomAccessReadBuffer(in.readAllBytes()));
      return new Face(PDType0Font.load(document, font, true), font.getUnicodeCmapLookup());
    }
  }

  PDFont font(boolean isBold) {
    return (isBold ? bold : regular).font();
  }

  /** The text with a box for each character that the font does not have. */
  String shown(String text, boolean isBold) {
    CmapLookup characters = (isBold ? bold : regular).characters();
    StringBuilder shown = new StringBuilder(text.length());
    text.codePoints()
        .forEach(
            character -> {
              if (Character.isISOControl(character)) {
                shown.append(' ');
              } else if (characters.getGlyphId(character) != 0) {
                shown.appendCodePoint(character);
              } else {
                replaced.add(character);
                shown.appendCodePoint(BOX);
              }
            });
    return shown.toString();
  }

  /** Whether a character had to be replaced so far. */
  boolean hasReplaced() {
    return !replaced.isEmpty();
  }

  /** Width in points of a text that {@link #shown} gave. */
  float width(String shown, boolean isBold, float size) throws IOException {
    return font(isBold).getStringWidth(shown) / 1000 * size;
  }

  /** The text, shortened with an ellipsis to fit the width. */
  String fitted(String text, boolean isBold, float size, float width) throws IOException {
    String shown = shown(text, isBold);
    if (width(shown, isBold, size) <= width) {
      return shown;
    }
    int low = 0;
    int high = shown.length();
    while (low < high) {
      int middle = (low + high + 1) / 2;
      if (width(cut(shown, middle), isBold, size) <= width) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return cut(shown, low);
  }

  private static String cut(String text, int length) {
    int end =
        length > 0 && Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length;
    return text.substring(0, end) + "…";
  }
}
