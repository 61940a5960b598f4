package dev.weir.serving.cube;

import dev.weir.serving.cube.CubeQuery.Filter;
import dev.weir.serving.sql.SqlNames;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * The merged views of a cube: those with all of its dimensions, and those of fewer, which read
 * roll-ups and show the same numbers sooner.
 *
 * @param dimensions all that the cube shows
 * @param rolledUp whether there are those of fewer dimensions, too
 */
record SourceViews(List<String> dimensions, boolean rolledUp) {
  /** PostgreSQL cuts longer names silently: there is no such view then. */
  private static final int MAX_NAME = 63;

  SourceViews {
    dimensions = List.copyOf(dimensions);
  }

  /**
   * A view, and what it shows.
   *
   * @param name schema-qualified, for use in SQL as it is
   */
  record View(String name, Set<String> dimensions) {}

  /** The view with the fewest rows that has what the question needs. */
  View smallest(CubeQuery query, Granularity by) {
    Set<String> needed = new TreeSet<>(query.shape().dimensions());
    query.filters().stream().map(Filter::dimension).forEach(needed::add);
    String cube = query.shape().cube();
    if (rolledUp && needed.size() <= 1 && needed.size() < dimensions.size()) {
      String ending = needed.isEmpty() ? "_total_" : "_by_" + needed.iterator().next() + "_";
      String name = cube + ending + by.text();
      if (name.length() <= MAX_NAME) {
        return new View("rollup." + SqlNames.quote(name), needed);
      }
    }
    return new View(CubeCatalog.view(cube, by), Set.copyOf(dimensions));
  }
}
