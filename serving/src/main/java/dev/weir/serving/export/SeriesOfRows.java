package dev.weir.serving.export;

import dev.weir.serving.cube.AnswerHead;
import dev.weir.serving.cube.CubeAnswer.Row;
import dev.weir.serving.export.ChartSeries.Point;
import dev.weir.serving.sql.CubeShape.Column;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/** Sorts the rows of an answer into lines over time: one for each combination of dimensions. */
final class SeriesOfRows {
  private final AnswerHead answer;
  private final List<Map.Entry<String, List<Row>>> largestFirst;

  /**
   * @param ranked the measure that decides which lines are the largest; the number of rows does
   *     where there is none
   */
  SeriesOfRows(AnswerHead answer, List<Row> rows, Optional<Column> ranked) {
    this.answer = answer;
    Map<String, List<Row>> byName = new LinkedHashMap<>();
    for (Row row : rows) {
      byName.computeIfAbsent(name(row), any -> new ArrayList<>()).add(row);
    }
    Map<String, Double> sizes = new LinkedHashMap<>();
    byName.forEach((name, ofName) -> sizes.put(name, size(ofName, ranked)));
    this.largestFirst =
        byName.entrySet().stream()
            .sorted(
                Comparator.<Map.Entry<String, List<Row>>>comparingDouble(
                        entry -> sizes.get(entry.getKey()))
                    .reversed())
            .toList();
  }

  /** How many lines there are. */
  int all() {
    return largestFirst.size();
  }

  /** The largest lines of a measure. */
  List<ChartSeries> of(Column column, int most) {
    return largestFirst.stream()
        .limit(most)
        .map(entry -> new ChartSeries(entry.getKey(), points(column, entry.getValue())))
        .toList();
  }

  private static String name(Row row) {
    if (row.other()) {
      return "(other)";
    }
    if (row.dimensions().isEmpty()) {
      return "all events";
    }
    return row.dimensions().values().stream()
        .map(value -> value == null ? "–" : value)
        .collect(Collectors.joining(" · "));
  }

  private static double size(List<Row> rows, Optional<Column> ranked) {
    return ranked
        .map(
            column ->
                rows.stream()
                    .map(row -> row.measures().get(column.name()))
                    .mapToDouble(value -> value == null ? 0 : ((Number) value).doubleValue())
                    .sum())
        .orElse((double) rows.size());
  }

  private List<Point> points(Column column, List<Row> rows) {
    boolean zeroWithoutEvents =
        switch (column.kind()) {
          case EVENTS, PRESENT, SUM, DISTINCT -> true;
          case MIN, MAX, AVG, PERCENTILE -> false;
        };
    double none = zeroWithoutEvents ? 0 : Double.NaN;
    List<Point> points = new ArrayList<>();
    List<Row> ordered = rows.stream().sorted(Comparator.comparing(Row::bucket)).toList();
    Instant expected = answer.from();
    for (Row row : ordered) {
      if (row.bucket().isAfter(expected)) {
        // Down to zero where the gap begins, and up again where it ends.
        points.add(new Point(expected, none, false));
        points.add(new Point(before(row.bucket()), none, false));
      }
      Object value = row.measures().get(column.name());
      points.add(
          new Point(
              row.bucket(),
              value == null ? none : ((Number) value).doubleValue(),
              "live".equals(row.status())));
      expected = answer.granularity().next(row.bucket(), answer.zone());
    }
    return points;
  }

  /** The bucket before one. */
  private Instant before(Instant bucket) {
    return answer.granularity().floor(bucket.minusSeconds(1), answer.zone());
  }
}
