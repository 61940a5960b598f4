package dev.weir.serving.export;

import java.awt.Color;
import java.io.IOException;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;

/**
 * Draws lines over time. What is not committed yet is dashed, on a ground of another colour; where
 * a line has no value it is interrupted, and a value between two gaps is a dot.
 */
final class PdfChart {
  /** Lines of different colours that one can still tell apart. */
  static final int MOST_SERIES = 6;

  private static final Color[] COLORS = {
    new Color(0x1D4ED8),
    new Color(0xD97706),
    new Color(0x059669),
    new Color(0xBE185D),
    new Color(0x7C3AED),
    new Color(0x0891B2)
  };
  private static final Color LIVE_GROUND = new Color(0xFFF7E0);
  private static final float HEIGHT = 118;
  private static final float AXIS_WIDTH = 44;
  private static final float SMALL = 7;

  private final PdfPages pages;
  private final Instant from;
  private final Instant to;
  private final ZoneId zone;
  private float left;
  private float right;
  private float bottom;
  private double low;
  private double high;

  /**
   * @param from left end of the time axis
   * @param to right end
   */
  PdfChart(PdfPages pages, Instant from, Instant to, ZoneId zone) {
    this.pages = pages;
    this.from = from;
    this.to = to;
    this.zone = zone;
  }

  /** Draws below the cursor: a title, the lines, a legend if there are several or a live part. */
  void draw(String title, List<ChartSeries> series) throws IOException {
    Instant live = firstLive(series);
    boolean legend = series.size() > 1 || live != null;
    pages.need(HEIGHT + 38 + (legend ? 14 : 0));
    pages.text(title, PdfPages.MARGIN, pages.y() - 9, true, 9.5f, PdfPages.INK);
    pages.down(22);
    left = PdfPages.MARGIN + AXIS_WIDTH;
    right = PdfPages.MARGIN + pages.width();
    bottom = pages.y() - HEIGHT;
    if (live != null) {
      pages.fill(x(live), bottom, right - x(live), HEIGHT, LIVE_GROUND);
    }
    valueAxis(series);
    timeAxis();
    for (int i = 0; i < series.size(); i++) {
      line(series.get(i), COLORS[i % COLORS.length]);
    }
    pages.down(HEIGHT + 14);
    if (legend) {
      legend(series, live != null);
    }
    pages.down(12);
  }

  private static Instant firstLive(List<ChartSeries> series) {
    return series.stream()
        .flatMap(line -> line.points().stream())
        .filter(ChartSeries.Point::live)
        .map(ChartSeries.Point::time)
        .min(Instant::compareTo)
        .orElse(null);
  }

  private float x(Instant time) {
    double span = Math.max(1, to.getEpochSecond() - from.getEpochSecond());
    double part = (time.getEpochSecond() - from.getEpochSecond()) / span;
    return (float) (left + (right - left) * Math.max(0, Math.min(1, part)));
  }

  private float y(double value) {
    return (float) (bottom + HEIGHT * (value - low) / (high - low));
  }

  private void valueAxis(List<ChartSeries> series) throws IOException {
    double[] values =
        series.stream()
            .flatMap(line -> line.points().stream())
            .mapToDouble(ChartSeries.Point::value)
            .filter(Double::isFinite)
            .toArray();
    double smallest = 0;
    double largest = 0;
    for (double value : values) {
      smallest = Math.min(smallest, value);
      largest = Math.max(largest, value);
    }
    List<BigDecimal> ticks = AxisTicks.values(smallest, largest);
    low = ticks.get(0).doubleValue();
    high = ticks.get(ticks.size() - 1).doubleValue();
    for (BigDecimal tick : ticks) {
      float at = y(tick.doubleValue());
      pages.line(left, at, right, at, tick.signum() == 0 ? 0.8f : 0.4f, PdfPages.FAINT);
      pages.textTo(
          AxisTicks.label(tick), left - 6, at - SMALL * 0.36f, false, SMALL, PdfPages.GRAY);
    }
  }

  private void timeAxis() throws IOException {
    pages.line(left, bottom, right, bottom, 0.8f, PdfPages.GRAY);
    for (AxisTicks.TimeTick tick : AxisTicks.times(from, to, zone)) {
      float at = x(tick.time());
      pages.line(at, bottom, at, bottom - 3, 0.8f, PdfPages.GRAY);
      String label = pages.fonts().shown(tick.label(), false);
      float width = pages.fonts().width(label, false, SMALL);
      float start = Math.min(right - width, at - width / 2);
      pages.text(label, start, bottom - 11, false, SMALL, PdfPages.GRAY);
    }
  }

  private void line(ChartSeries series, Color color) throws IOException {
    List<float[]> run = new ArrayList<>();
    boolean dashed = false;
    for (ChartSeries.Point point : series.points()) {
      if (!Double.isFinite(point.value())) {
        stroke(run, color, dashed);
        run.clear();
        continue;
      }
      float[] at = {x(point.time()), y(point.value())};
      if (point.live() != dashed && !run.isEmpty()) {
        // The live part goes on where the committed one ends.
        float[] last = run.get(run.size() - 1);
        stroke(run, color, dashed);
        run.clear();
        run.add(last);
      }
      dashed = point.live();
      run.add(at);
    }
    stroke(run, color, dashed);
  }

  private void stroke(List<float[]> run, Color color, boolean dashed) throws IOException {
    if (run.size() == 1) {
      pages.fill(run.get(0)[0] - 1.2f, run.get(0)[1] - 1.2f, 2.4f, 2.4f, color);
    } else if (run.size() > 1) {
      pages.path(run, 1.2f, color, dashed);
    }
  }

  private void legend(List<ChartSeries> series, boolean live) throws IOException {
    float slot = (right - left) / (series.size() > 3 ? 3.5f : series.size() + 1);
    float x = left;
    float baseline = pages.y() - SMALL;
    for (int i = 0; i < series.size(); i++) {
      if (x + slot > right + 1) {
        x = left;
        baseline -= 11;
        pages.down(11);
      }
      pages.fill(x, baseline + 2, 10, 2, COLORS[i % COLORS.length]);
      pages.textWithin(
          series.get(i).name(), x + 14, slot - 20, baseline, false, SMALL, PdfPages.INK);
      x += slot;
    }
    if (live) {
      if (x + 110 > right) {
        x = left;
        baseline -= 11;
        pages.down(11);
      }
      pages.fill(x, baseline - 1, 12, 8, LIVE_GROUND);
      pages.path(
          List.of(new float[] {x, baseline + 3}, new float[] {x + 12, baseline + 3}),
          1.2f,
          PdfPages.GRAY,
          true);
      pages.text("live, may still change", x + 16, baseline, false, SMALL, PdfPages.INK);
    }
    pages.down(11);
  }
}
