package dev.weir.benchmark.growth;

import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** What grows, while all else stays. */
enum Axis {
  /** Possible series of the second cube, all equally frequent; the first one has its 24. */
  SERIES("series of the second cube"),
  /** Cubes that every event is counted in. */
  CUBES("cubes"),
  /** Records in the topic, all within the horizon in which duplicates are dropped. */
  EVENTS("records, all remembered");

  private static final long USUAL_RECORDS = 3_000_000;
  private static final int USUAL_ROUTES = 50;
  private static final int USUAL_CUBES = 2;

  /** The cubes in the order in which they are added, with their dimensions. */
  private static final List<String> CUBE_LINES =
      List.of(
          cube("traffic", "event_type, user_segment"),
          cube("routes", "event_type, user_segment, route"),
          cube("sources", "source, event_type"),
          cube("source_routes", "source, route"),
          cube("route_totals", "route"),
          cube("segments", "user_segment"),
          cube("types", "event_type"),
          cube("source_segments", "source, user_segment"));

  static final int MOST_CUBES = CUBE_LINES.size();

  private final String label;

  Axis(String label) {
    this.label = label;
  }

  /** What a plot's axis is called. */
  String label() {
    return label;
  }

  /** Where its figures are kept, without the ending. */
  String fileName() {
    return "growth-" + name().toLowerCase(Locale.ROOT);
  }

  /** Records to drain at a point of this axis. */
  long records(long x) {
    return this == EVENTS ? x : USUAL_RECORDS;
  }

  /** Different routes of the events at a point of this axis. */
  int routes(long x) {
    return this == SERIES ? Math.toIntExact(x) : USUAL_ROUTES;
  }

  /** The pipeline at a point of this axis. */
  String declaration(String template, long x) {
    List<String> lines =
        switch (this) {
          case SERIES -> List.of(CUBE_LINES.get(0), cube("routes", "route"));
          case CUBES -> CUBE_LINES.subList(0, Math.toIntExact(x));
          case EVENTS -> CUBE_LINES.subList(0, USUAL_CUBES);
        };
    return template.replace(
        "${cubes}", lines.stream().collect(Collectors.joining("\n  ", "  ", "")));
  }

  private static String cube(String name, String dimensions) {
    return "- {name: %s, dimensions: [%s], measures: [count, {value: [sum, min, max, avg, p95]}, {distinct: user_id}]}"
        .formatted(name, dimensions);
  }
}
