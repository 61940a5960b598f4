package dev.weir.serving.cube;

import dev.weir.serving.cube.CubeQuery.Filter;
import dev.weir.serving.http.ParameterProblem;
import dev.weir.serving.sql.CubeShape;
import java.util.ArrayList;
import java.util.List;

/**
 * Reads {@code filter.<dimension>=value} (repeated: any of them), {@code exclude.<dimension>=value}
 * (none of them) and {@code absent=<dimension>} (events without a value; beside a filter of the
 * same dimension: those, too).
 */
final class FilterParameters {
  static final String FILTER = "filter.";
  static final String EXCLUDE = "exclude.";
  private static final int MAX_VALUES = 100;

  private final Parameters parameters;
  private final CubeShape shape;

  FilterParameters(Parameters parameters, CubeShape shape) {
    this.parameters = parameters;
    this.shape = shape;
  }

  /** Whether a parameter filters; reports one that names no dimension of the cube. */
  boolean takes(String name) {
    for (String start : List.of(FILTER, EXCLUDE)) {
      if (name.startsWith(start)) {
        if (!shape.dimensions().contains(name.substring(start.length()))) {
          parameters.problem(
              name,
              "the cube " + shape.cube() + " has no such dimension",
              ParameterProblem.oneOf(shape.dimensions()));
        }
        return true;
      }
    }
    return false;
  }

  List<Filter> read() {
    List<String> absent = parameters.known("absent", shape.cube(), shape.dimensions());
    List<Filter> filters = new ArrayList<>();
    for (String dimension : shape.dimensions()) {
      List<String> accepted = values(FILTER + dimension);
      if (!accepted.isEmpty() || absent.contains(dimension)) {
        filters.add(new Filter(dimension, accepted, absent.contains(dimension), false));
      }
      List<String> refused = values(EXCLUDE + dimension);
      if (!refused.isEmpty()) {
        filters.add(new Filter(dimension, refused, false, true));
      }
    }
    return filters;
  }

  private List<String> values(String name) {
    List<String> values = parameters.all(name);
    if (values.size() > MAX_VALUES) {
      parameters.problem(name, "it has " + values.size() + " values", "use at most " + MAX_VALUES);
    } else if (values.stream().anyMatch(value -> value.indexOf('\0') >= 0)) {
      parameters.problem(name, "a value holds NUL, which no event can", "leave it out");
    }
    return values;
  }
}
