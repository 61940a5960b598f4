package dev.weir.serving.cube;

import dev.weir.serving.sql.CubeShape;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/**
 * A validated question to one cube.
 *
 * @param shape the cube with the dimensions and measures asked for
 * @param from start of the first bucket
 * @param to end of the last bucket, exclusive
 * @param filters all of them must hold
 * @param limit most rows to answer
 * @param offset rows to leave out before them
 */
public record CubeQuery(
    CubeShape shape,
    Granularity granularity,
    Instant from,
    Instant to,
    List<Filter> filters,
    int limit,
    int offset) {
  public CubeQuery {
    filters = List.copyOf(filters);
  }

  /**
   * One dimension's accepted values.
   *
   * @param absent whether events without a value are accepted, too
   */
  public record Filter(String dimension, Set<String> values, boolean absent) {
    public Filter {
      values = Set.copyOf(values);
    }
  }
}
