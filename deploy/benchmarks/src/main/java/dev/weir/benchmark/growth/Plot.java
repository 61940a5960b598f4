package dev.weir.benchmark.growth;

import dev.weir.benchmark.growth.Figures.Point;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** Draws cost over growth as SVG: the job, PostgreSQL, and both together. */
final class Plot {
  private static final int WIDTH = 480;
  private static final int HEIGHT = 280;
  private static final int LEFT = 56;
  private static final int RIGHT = WIDTH - 96;
  private static final int TOP = 36;
  private static final int BOTTOM = HEIGHT - 44;

  private final Axis axis;
  private final List<Point> points;
  private final Scale across;
  private final Scale up;
  private final StringBuilder svg = new StringBuilder();

  private Plot(Axis axis, List<Point> points) {
    this.axis = axis;
    this.points = points;
    double least = points.get(0).x();
    double most = points.get(points.size() - 1).x();
    // One point stands in the middle.
    across =
        least < most
            ? new Scale(least, most, LEFT, RIGHT, true)
            : new Scale(least / 2, most * 2, LEFT, RIGHT, true);
    double highest = points.stream().mapToDouble(Point::cpuSeconds).max().orElseThrow();
    up = Scale.upTo(Math.max(highest, 0.1), BOTTOM, TOP);
  }

  /**
   * The text of an SVG file.
   *
   * @param points at least one, by what grows
   */
  static String svg(Axis axis, List<Point> points) {
    return new Plot(axis, points).draw();
  }

  private String draw() {
    svg.append(
        String.format(
            Locale.ROOT,
            """
            <svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 %1$d %2$d" font-family="sans-serif" font-size="11" fill="#333">
            <rect width="%1$d" height="%2$d" fill="#fff"/>
            """,
            WIDTH,
            HEIGHT));
    text(LEFT, TOP - 18, "start", "CPU seconds per million records");
    for (double tick : up.ticks()) {
      path(String.format(Locale.ROOT, "M%d %.1fH%d", LEFT, up.at(tick), RIGHT), "#ddd", 1);
      text(LEFT - 6, up.at(tick) + 4, "end", label(tick));
    }
    for (Point point : points) {
      String x = String.format(Locale.ROOT, "%,d", point.x());
      text(across.at((double) point.x()), BOTTOM + 16, "middle", x);
    }
    text((LEFT + RIGHT) / 2.0, HEIGHT - 8, "middle", axis.label());
    line("both", "#222", Point::cpuSeconds);
    line("job", "#1f77b4", Point::jobCpuSeconds);
    line("PostgreSQL", "#d95f02", Point::databaseCpuSeconds);
    return svg.append("</svg>\n").toString();
  }

  private void line(String name, String colour, ToDoubleFunction<Point> figure) {
    StringBuilder path = new StringBuilder();
    double x = 0;
    double y = 0;
    double last = 0;
    for (Point point : points) {
      last = figure.applyAsDouble(point);
      x = across.at((double) point.x());
      y = up.at(last);
      path.append(String.format(Locale.ROOT, "%s%.1f %.1f", path.isEmpty() ? "M" : "L", x, y));
      svg.append(
          String.format(
              Locale.ROOT,
              "<circle cx=\"%.1f\" cy=\"%.1f\" r=\"3\" fill=\"%s\"/>%n",
              x,
              y,
              colour));
    }
    path(path.toString(), colour, 2);
    text(x + 8, y + 4, "start", name + " " + label(last));
  }

  private void path(String steps, String colour, int width) {
    svg.append(
        "<path d=\"%s\" fill=\"none\" stroke=\"%s\" stroke-width=\"%d\"/>\n"
            .formatted(steps, colour, width));
  }

  private void text(double x, double y, String anchor, String text) {
    svg.append(
        String.format(
            Locale.ROOT,
            "<text x=\"%.1f\" y=\"%.1f\" text-anchor=\"%s\">%s</text>%n",
            x,
            y,
            anchor,
            text));
  }

  private static String label(double seconds) {
    return String.format(Locale.ROOT, seconds >= 10 ? "%.0f" : "%.1f", seconds);
  }
}
