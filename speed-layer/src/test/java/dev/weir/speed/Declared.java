package dev.weir.speed;

import java.net.URI;

/** A declaration of two topics and two cubes, for tests of operators. */
public final class Declared {
  private Declared() {}

  /** Duplicates within an hour, archived nowhere. */
  public static PipelineDeclaration web(String scope) {
    return web(scope, URI.create("file:///nowhere"));
  }

  /** Duplicates within an hour, archived there. */
  public static PipelineDeclaration web(String scope, URI archive) {
    return PipelineDeclaration.of(
        """
        pipeline: web
        sources:
          - {name: clicks, topic: clicks, format: json}
          - {name: orders, topic: orders, format: json}
        event:
          id: event_id
          time: timestamp
          dimensions: [{name: source, path: $source}, event_type, route]
          identifiers: [user_id]
          numbers: [{name: value, scale: 2, min: -1000, max: 1000}]
        duplicates: {within: 1h, scope: %s}
        cubes:
          - name: traffic
            dimensions: [source, event_type]
            measures: [count, {value: [sum, min, max, avg, p95]}, {distinct: user_id}]
          - name: routes
            dimensions: [route]
            measures: [count]
        commit: 10s
        live: 100ms
        """
            .formatted(scope),
        archive);
  }
}
