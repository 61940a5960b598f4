package dev.weir.serving.cube;

import dev.weir.serving.cube.CubeQuery.Fill;
import dev.weir.serving.cube.CubeQuery.Order;
import dev.weir.serving.cube.CubeQuery.Top;
import dev.weir.serving.http.ParameterProblem;
import dev.weir.serving.sql.CubeShape;
import dev.weir.serving.sql.CubeShape.Column;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** Reads which of the rows are shown, and how: {@code order}, {@code top}, {@code fill}. */
final class ShownParameters {
  static final List<String> NAMES =
      List.of("order", "top", "top_by", "other", "fill", "compare", "totals", "limit", "offset");

  private static final int MAX_TOP = 1_000;

  private final Parameters parameters;
  private final CubeShape asked;

  /**
   * @param asked the cube with the dimensions and measures asked for
   */
  ShownParameters(Parameters parameters, CubeShape asked) {
    this.parameters = parameters;
    this.asked = asked;
  }

  List<Order> order() {
    List<String> known = new ArrayList<>();
    known.add(Order.BUCKET);
    known.addAll(asked.dimensions());
    asked.columns().stream().map(Column::name).forEach(known::add);
    if (!known.contains("event_count")) {
      known.add("event_count");
    }
    List<Order> order = new ArrayList<>();
    for (String term : parameters.list("order")) {
      boolean descending = term.startsWith("-");
      String by = descending ? term.substring(1) : term;
      if (known.contains(by)) {
        order.add(new Order(by, descending));
      } else {
        parameters.problem(
            "order",
            "'" + by + "' is not among the dimensions and measures asked for",
            ParameterProblem.oneOf(known) + ", each with a - before it for descending");
      }
    }
    return order;
  }

  /** Null without it. */
  Top top(MeasureNames measures) {
    Integer number = parameters.number("top", null, 1, MAX_TOP);
    Column by = measures.read(parameters, "top_by", "event_count");
    boolean other = parameters.flag("other");
    if (parameters.text("top") == null) {
      for (String name : List.of("top_by", "other")) {
        if (!parameters.all(name).isEmpty()) {
          parameters.problem(name, "it belongs to top", "add top=10, or leave it out");
        }
      }
    } else if (asked.dimensions().isEmpty()) {
      parameters.problem("top", "there are no dimensions to choose from", "add dimensions=...");
    }
    return number == null ? null : new Top(number, by, other);
  }

  Fill fill() {
    List<String> words = Arrays.stream(Fill.values()).map(Fill::text).toList();
    String word = parameters.word("fill", words, "none", "a way to fill gaps");
    return Fill.valueOf(word.toUpperCase(Locale.ROOT));
  }
}
