package dev.weir.serving.cube;

import dev.weir.serving.sql.CubeShape;
import java.util.Arrays;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/v1/cubes} and {@code GET /api/v1/cubes/{cube}}: what can be asked for. */
@RestController
@RequestMapping("/api/v1/cubes")
class CubeResource {
  private final CubeCatalog catalog;

  CubeResource(CubeCatalog catalog) {
    this.catalog = catalog;
  }

  /** The cubes. */
  record Cubes(List<Description> cubes) {}

  /**
   * What a cube has.
   *
   * @param backfilling whether the views still show an earlier definition
   */
  record Description(
      String name,
      List<String> dimensions,
      List<MeasureDescription> measures,
      List<String> granularities,
      boolean backfilling) {}

  /**
   * A measure.
   *
   * @param kind how it is made from the events
   * @param of the number or identifier it measures
   * @param scale decimal places
   * @param exact whether it is exact; otherwise an estimate
   * @param error how far an estimate may be off; null for what is exact
   */
  record MeasureDescription(
      String name, String kind, String of, int scale, boolean exact, ErrorBound error) {}

  @GetMapping
  Cubes cubes() {
    return new Cubes(catalog.names().stream().map(this::cube).toList());
  }

  @GetMapping("/{cube}")
  Description cube(@PathVariable String cube) {
    CubeShape shape = catalog.shown(cube);
    return new Description(
        cube,
        shape.dimensions(),
        shape.columns().stream().map(CubeResource::describe).toList(),
        Arrays.stream(Granularity.values()).map(Granularity::text).toList(),
        catalog.backfilling(shape));
  }

  private static MeasureDescription describe(CubeShape.Column column) {
    String kind =
        switch (column.kind()) {
          case EVENTS, PRESENT -> "count";
          case SUM -> "sum";
          case MIN -> "min";
          case MAX -> "max";
          case AVG -> "avg";
          case PERCENTILE -> "percentile";
          case DISTINCT -> "distinct";
        };
    ErrorBound error = ErrorBound.of(column);
    return new MeasureDescription(
        column.name(), kind, column.of(), column.scale(), error == null, error);
  }
}
