package dev.weir.serving.cube;

import dev.weir.pipeline.Percentiles;
import dev.weir.serving.sql.CubeShape;
import dev.weir.serving.sql.CubeShape.Column;
import dev.weir.serving.sql.CubeShape.Kind;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Finds measures by name: those that the cube shows, and any percentile of a number that has a
 * sketch, as {@code value_p99.9}.
 */
final class MeasureNames {
  private final CubeShape shape;

  MeasureNames(CubeShape shape) {
    this.shape = shape;
  }

  /** Reads the measures asked for; all that the cube shows unless given. */
  List<Column> read(Parameters parameters) {
    List<String> names = parameters.list("measures");
    if (names.isEmpty()) {
      return shape.columns();
    }
    List<Column> columns = new ArrayList<>();
    for (String name : names) {
      Optional<Column> column = find(name);
      if (column.isEmpty()) {
        unknown(parameters, "measures", name);
      }
      column.ifPresent(columns::add);
    }
    return columns;
  }

  /** Reads one measure. */
  Column read(Parameters parameters, String parameter, String otherwise) {
    String text = parameters.text(parameter);
    String name = text == null ? otherwise : text;
    Optional<Column> column = find(name);
    if (column.isEmpty()) {
      unknown(parameters, parameter, name);
    }
    return column.orElse(shape.columns().get(0));
  }

  private void unknown(Parameters parameters, String parameter, String name) {
    parameters.problem(
        parameter,
        "the cube " + shape.cube() + " has no '" + name + "'",
        "use "
            + shape.columns().stream().map(Column::name).collect(Collectors.joining(", "))
            + any());
  }

  private String any() {
    return shape.columns().stream()
        .filter(column -> column.kind() == Kind.PERCENTILE)
        .findFirst()
        .map(
            column ->
                " or any percentile above 0 and below 100 with at most 3 decimals, such as "
                    + column.of()
                    + "_p99.9")
        .orElse("");
  }

  private Optional<Column> find(String name) {
    for (Column column : shape.columns()) {
      if (column.name().equals(name)) {
        return Optional.of(column);
      }
    }
    for (Column column : shape.columns()) {
      String start = column.of() + "_p";
      if (column.kind() == Kind.PERCENTILE && name.startsWith(start)) {
        Optional<BigDecimal> fraction =
            Percentiles.fraction(name.substring(start.length() - 1).replace('_', '.'));
        if (fraction.isPresent()) {
          return Optional.of(
              new Column(name, Kind.PERCENTILE, column.of(), column.scale(), fraction.get()));
        }
      }
    }
    return Optional.empty();
  }
}
