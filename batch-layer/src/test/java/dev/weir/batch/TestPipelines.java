package dev.weir.batch;

import dev.weir.batch.select.Declaration;

/** Declarations the tests share. */
final class TestPipelines {
  private static final String EVENTS =
      """
      pipeline: web
      sources:
        - {name: clicks, topic: clicks, format: json}
        - {name: orders, topic: orders, format: json}
      event:
        id: event_id
        time: timestamp
        dimensions: [{name: source, path: $source}, event_type, user_segment, route]
        identifiers: [user_id, session_id]
        numbers:
          - {name: value, scale: 4, min: -1000000, max: 1000000000}
          - {name: duration, scale: 0, min: 0, max: 86400000}
      duplicates: {within: 1h, scope: topic}
      cubes:
        - name: traffic
          dimensions: [source, event_type, user_segment]
          measures: [count, {value: [sum, min, max, avg, p50, p95]}, {distinct: user_id}]
        - name: routes
          dimensions: [route]
          measures: [count, {value: [sum]}, {duration: [max, p95]}, {distinct: user_id}, {distinct: session_id}]
      """;

  private static final String SEGMENTS =
      """
        - name: segments
          dimensions: [user_segment]
          measures: [count, {duration: [sum, min]}]
      commit: 10s
      live: 100ms
      """;

  private TestPipelines() {}

  /** Two sources and two cubes. */
  static Declaration web() {
    return new Declaration(webText());
  }

  /** The same as a file would hold it. */
  static String webText() {
    return EVENTS + "commit: 10s\nlive: 100ms\n";
  }

  /** The same with another definition of the first cube. */
  static Declaration webWithoutSegments() {
    return new Declaration(
        webText().replace("[source, event_type, user_segment]\n", "[source, event_type]\n"));
  }

  /** The same with a third cube. */
  static Declaration webWithSegments() {
    return new Declaration(EVENTS + SEGMENTS);
  }

  /** Two cubes, with an archive that is kept for a time. */
  static Declaration webKeeping(String time) {
    return new Declaration(EVENTS + "commit: 10s\nretention: {archive: " + time + "}\n");
  }

  /** Three cubes, with an archive that is kept for a time. */
  static Declaration webWithSegmentsKeeping(String time) {
    return new Declaration(EVENTS + SEGMENTS + "retention: {archive: " + time + "}\n");
  }
}
