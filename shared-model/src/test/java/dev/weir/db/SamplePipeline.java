package dev.weir.db;

import dev.weir.pipeline.Pipeline;
import dev.weir.pipeline.PipelineReader;

/** A small declaration with everything a cube can have, for tests. */
public final class SamplePipeline {
  private SamplePipeline() {}

  /** Two Kafka sources, five dimensions, two numbers and two cubes. */
  public static Pipeline web() {
    return PipelineReader.read(
        """
        pipeline: web
        sources:
          - {name: clicks, topic: clicks, format: json}
          - {name: orders, topic: orders, format: json}
        event:
          id: event_id
          time: timestamp
          dimensions: [{name: source, path: $source}, event_type, user_segment, http_status, route]
          identifiers: [user_id, session_id]
          numbers:
            - {name: value, scale: 4, min: -1000000, max: 1000000000}
            - {name: duration, scale: 0, min: 0, max: 86400000}
        duplicates: {within: 1h, scope: topic}
        cubes:
          - name: traffic
            dimensions: [source, event_type, user_segment, http_status]
            measures: [count, {value: [sum, min, max, avg, p50, p95, p99]}, {distinct: user_id}]
          - name: routes
            dimensions: [source, route]
            measures: [count, {value: [sum, avg]}, {duration: [max, p95]}, {distinct: user_id}, {distinct: session_id}]
        commit: 10s
        live: 100ms
        """);
  }
}
