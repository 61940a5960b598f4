package dev.weir.serving.export;

import java.time.Instant;
import java.util.List;

/**
 * A line of a chart.
 *
 * @param points in the order of their times
 */
record ChartSeries(String name, List<Point> points) {
  ChartSeries {
    points = List.copyOf(points);
  }

  /**
   * A value of a line.
   *
   * @param value not a number where there is none: the line is interrupted
   * @param live whether events are in it that are not committed yet
   */
  record Point(Instant time, double value, boolean live) {}
}
