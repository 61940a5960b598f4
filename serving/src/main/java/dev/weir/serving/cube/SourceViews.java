package dev.weir.serving.cube;

import dev.weir.serving.cube.CubeQuery.Filter;
import dev.weir.serving.sql.CubeShape;
import dev.weir.serving.sql.CubeShape.Column;
import dev.weir.serving.sql.SqlNames;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * The merged views of a cube: those with all of its dimensions, and those of fewer, which read
 * roll-ups and show the same numbers sooner.
 *
 * @param shape all that the views with all dimensions show
 * @param rolledUp whether there are those of fewer dimensions, too
 */
record SourceViews(CubeShape shape, boolean rolledUp) {
  /** PostgreSQL cuts longer names silently: there is no such view then. */
  private static final int MAX_NAME = 63;

  /**
   * A view, and what it shows.
   *
   * @param name schema-qualified, for use in SQL as it is
   * @param hasNumbers whether most of its rows have percentiles and distinct counts as numbers:
   *     those that come from roll-ups
   */
  record View(String name, Set<String> dimensions, boolean hasNumbers) {}

  /** The column of each view that shows a measure; none for a percentile that is not declared. */
  Optional<Column> column(Column measure) {
    return shape.columns().stream()
        .filter(shown -> shown.kind() == measure.kind() && shown.of().equals(measure.of()))
        .filter(
            shown ->
                measure.fraction() == null || shown.fraction().compareTo(measure.fraction()) == 0)
        .findFirst();
  }

  /** The view with the fewest rows that has what the question needs. */
  View smallest(CubeQuery query, Granularity by) {
    Set<String> needed = new TreeSet<>(query.shape().dimensions());
    query.filters().stream().map(Filter::dimension).forEach(needed::add);
    String cube = query.shape().cube();
    if (rolledUp && needed.size() <= 1 && needed.size() < shape.dimensions().size()) {
      String ending = needed.isEmpty() ? "_total_" : "_by_" + needed.iterator().next() + "_";
      String name = cube + ending + by.text();
      if (name.length() <= MAX_NAME) {
        return new View("rollup." + SqlNames.quote(name), needed, true);
      }
    }
    return new View(
        CubeCatalog.view(cube, by), Set.copyOf(shape.dimensions()), by == Granularity.DAY);
  }
}
