package dev.weir.pipeline;

import dev.weir.aggregate.MeasureLayout;
import java.io.Serializable;
import java.util.List;

/**
 * A cube: dimensions to group by and measures to keep, per minute.
 *
 * @param dimensions indexes into {@link EventSchema#dimensions()}
 * @param dimensionNames their canonical names, same order
 * @param measures as declared
 * @param layout what an aggregate of this cube holds, derived from the measures
 * @param definitionHash 16 hex digits over everything that changes the cube's rows (dimension
 *     names, measures, scales); tables of another definition live beside this one's
 */
public record Cube(
    String name,
    List<Integer> dimensions,
    List<String> dimensionNames,
    List<Measure> measures,
    MeasureLayout layout,
    String definitionHash)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  public Cube {
    dimensions = List.copyOf(dimensions);
    dimensionNames = List.copyOf(dimensionNames);
    measures = List.copyOf(measures);
  }
}
