package dev.weir.serving.rollup;

import java.util.ArrayList;
import java.util.List;

/**
 * A choice of a cube's dimensions by which its rows are rolled up.
 *
 * @param number tells the groupings of a cube apart: 0 has all dimensions, 1 none, the others one
 * @param dimensions canonical names
 */
public record Grouping(int number, List<String> dimensions) {
  static final int ALL = 0;
  private static final int NONE = 1;

  public Grouping {
    dimensions = List.copyOf(dimensions);
  }

  /** Of a cube with these dimensions; that with all of them comes first. */
  public static List<Grouping> of(List<String> dimensions) {
    List<Grouping> groupings = new ArrayList<>();
    groupings.add(new Grouping(ALL, dimensions));
    if (!dimensions.isEmpty()) {
      groupings.add(new Grouping(NONE, List.of()));
    }
    if (dimensions.size() > 1) {
      for (String dimension : dimensions) {
        groupings.add(new Grouping(groupings.size(), List.of(dimension)));
      }
    }
    return List.copyOf(groupings);
  }

  /** Whether it has all dimensions of the cube. */
  public boolean whole() {
    return number == ALL;
  }

  /** What the name of its views has after the cube's: {@code _total} or {@code _by_country}. */
  public String ending() {
    return switch (number) {
      case ALL -> "";
      case NONE -> "_total";
      default -> "_by_" + dimensions.get(0);
    };
  }
}
