package dev.weir.db;

import dev.weir.aggregate.MinuteAggregate;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * A row read from a cube's table.
 *
 * @param leading what the query selected before the row's own columns, as PostgreSQL writes it;
 *     null elements allowed
 * @param dimensions values of the cube's dimensions, null elements allowed
 */
public record CubeRow(String[] leading, String[] dimensions, MinuteAggregate aggregate) {

  /** The dimensions' values for reading. */
  public List<String> dimensionValues() {
    return Collections.unmodifiableList(Arrays.asList(dimensions));
  }
}
