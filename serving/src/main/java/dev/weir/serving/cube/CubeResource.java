package dev.weir.serving.cube;

import dev.weir.serving.sql.CubeShape;
import java.util.List;
import org.springframework.util.MultiValueMap;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** {@code GET /api/v1/cubes} and {@code GET /api/v1/cubes/{cube}}. */
@RestController
@RequestMapping("/api/v1/cubes")
class CubeResource {
  private final CubeCatalog catalog;
  private final CubeQueryParser parser;
  private final CubeReader reader;

  CubeResource(CubeCatalog catalog, CubeQueryParser parser, CubeReader reader) {
    this.catalog = catalog;
    this.parser = parser;
    this.reader = reader;
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
   * @param exact whether it is exact; otherwise an estimate within the sketch's error
   */
  record MeasureDescription(String name, String kind, String of, int scale, boolean exact) {}

  @GetMapping
  Cubes cubes() {
    return new Cubes(catalog.names().stream().map(this::describe).toList());
  }

  @GetMapping("/{cube}")
  CubeAnswer rows(
      @PathVariable String cube, @RequestParam MultiValueMap<String, String> parameters) {
    return reader.read(parser.parse(catalog.shown(cube), parameters));
  }

  private Description describe(String cube) {
    CubeShape shape = catalog.shown(cube);
    return new Description(
        cube,
        shape.dimensions(),
        shape.columns().stream().map(CubeResource::describe).toList(),
        List.of("minute", "hour", "day", "total"),
        catalog.backfilling(cube));
  }

  private static MeasureDescription describe(CubeShape.Column column) {
    boolean exact =
        switch (column.kind()) {
          case EVENTS, PRESENT, SUM, MIN, MAX, AVG -> true;
          case PERCENTILE, DISTINCT -> false;
        };
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
    return new MeasureDescription(column.name(), kind, column.of(), column.scale(), exact);
  }
}
