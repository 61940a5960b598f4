package dev.weir.serving.export;

import java.awt.Color;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Draws a table that goes on over as many pages as it needs, its header again on each. It is set
 * smaller or across the page where it is wide; columns that do not fit even so are left out.
 */
final class PdfTable {
  private static final float[] SIZES = {8, 7, 6};
  private static final float GAP = 10;
  private static final float SHORTEST_TEXT = 60;
  private static final Color STRIPE = new Color(0xF6F8FB);
  private static final Color HEADER = new Color(0xDCE6F1);

  /**
   * A column.
   *
   * @param right whether its texts end at its right edge, as numbers do
   */
  record Column(String name, boolean right) {}

  private final PdfPages pages;
  private final List<Column> columns;
  private final List<String[]> rows;
  private float size;
  private float[] widths;
  private int fitting;

  /**
   * @param rows a text for each column; null for none
   */
  PdfTable(PdfPages pages, List<Column> columns, List<String[]> rows) throws IOException {
    this.pages = pages;
    this.columns = List.copyOf(columns);
    this.rows = rows;
  }

  /**
   * Draws it below the cursor, on pages of the orientation that it fits.
   *
   * @return the columns left out, because they did not fit
   */
  List<Column> draw() throws IOException {
    pages.orient(!fits(PdfPages.width(false), 2));
    fitLandscape();
    float height = size * 1.75f;
    pages.need(height * 3);
    header(height);
    for (int i = 0; i < rows.size(); i++) {
      if (pages.need(height)) {
        header(height);
      }
      if (i % 2 == 1) {
        pages.fill(PdfPages.MARGIN, pages.y() - height, drawnWidth(), height, STRIPE);
      }
      cells(rows.get(i), height, false);
    }
    pages.down(size);
    return new ArrayList<>(columns.subList(fitting, columns.size()));
  }

  private void fitLandscape() throws IOException {
    if (!fits(pages.width(), SIZES.length)) {
      float used = 0;
      fitting = 0;
      while (fitting < columns.size() && used + widths[fitting] <= pages.width()) {
        used += widths[fitting];
        fitting++;
      }
    }
  }

  /** Whether all columns fit the width, with texts cut as short as they may be. */
  private boolean fits(float width, int sizes) throws IOException {
    for (int i = 0; i < sizes; i++) {
      size = SIZES[i];
      widths = naturalWidths();
      fitting = columns.size();
      float over = sum(widths) - width;
      for (int c = 0; c < widths.length && over > 0; c++) {
        if (!columns.get(c).right()) {
          float cut = Math.min(over, Math.max(0, widths[c] - SHORTEST_TEXT));
          widths[c] -= cut;
          over -= cut;
        }
      }
      if (over <= 0) {
        spread(-over);
        return true;
      }
    }
    return false;
  }

  /** Shares spare room among the columns, but no column becomes much wider than it needs. */
  private void spread(float spare) {
    float each = Math.min(spare / widths.length, 40);
    for (int i = 0; i < widths.length; i++) {
      widths[i] += each;
    }
  }

  private float[] naturalWidths() throws IOException {
    float[] natural = new float[columns.size()];
    for (int c = 0; c < natural.length; c++) {
      float widest = width(columns.get(c).name(), true);
      for (String[] row : rows) {
        if (row[c] != null) {
          widest = Math.max(widest, width(row[c], false));
        }
      }
      natural[c] = widest + GAP;
    }
    return natural;
  }

  private float width(String text, boolean bold) throws IOException {
    return pages.fonts().width(pages.fonts().shown(text, bold), bold, size);
  }

  private static float sum(float[] values) {
    float sum = 0;
    for (float value : values) {
      sum += value;
    }
    return sum;
  }

  private float drawnWidth() {
    float drawn = 0;
    for (int c = 0; c < fitting; c++) {
      drawn += widths[c];
    }
    return drawn;
  }

  private void header(float height) throws IOException {
    pages.fill(PdfPages.MARGIN, pages.y() - height, drawnWidth(), height, HEADER);
    cells(columns.stream().map(Column::name).toArray(String[]::new), height, true);
  }

  private void cells(String[] texts, float height, boolean bold) throws IOException {
    float x = PdfPages.MARGIN;
    float baseline = pages.y() - height / 2 - size * 0.36f;
    for (int c = 0; c < fitting; c++) {
      boolean right = columns.get(c).right();
      if (texts[c] == null) {
        String none = "–";
        if (right) {
          pages.textTo(none, x + widths[c] - GAP / 2, baseline, false, size, PdfPages.GRAY);
        } else {
          pages.text(none, x + GAP / 2, baseline, false, size, PdfPages.GRAY);
        }
      } else if (right) {
        pages.textTo(texts[c], x + widths[c] - GAP / 2, baseline, bold, size, PdfPages.INK);
      } else {
        pages.textWithin(
            texts[c], x + GAP / 2, widths[c] - GAP, baseline, bold, size, PdfPages.INK);
      }
      x += widths[c];
    }
    pages.down(height);
  }
}
