package dev.weir.serving.cube;

import dev.weir.aggregate.HyperLogLog;
import dev.weir.serving.cube.CubeQuery.Order;
import dev.weir.serving.sql.CubeShape.Column;
import dev.weir.serving.sql.CubeShape.Kind;
import java.sql.Array;
import java.sql.SQLException;
import java.util.List;

/**
 * Distinct counters that the database hands over as they are, a {@code bytea[]} for each row, to be
 * merged here: its functions take several times as long for the same number.
 *
 * @param columns the measures that may come so
 * @param most of each measure that a row may bring along; where there are more, the database merges
 *     them
 */
record GatheredCounters(List<Column> columns, int most) {
  /** Of all rows of a statement: 3 MiB, were all of them in the dense form. */
  private static final int MOST = 1_024;

  /**
   * What a question's rows may bring along: nothing where it is not known beforehand that these are
   * few, and no measure that they are sorted by.
   */
  static GatheredCounters of(CubeQuery query) {
    List<Column> columns =
        query.shape().columns().stream()
            .filter(column -> column.kind() == Kind.DISTINCT)
            .filter(
                column -> query.order().stream().map(Order::by).noneMatch(column.name()::equals))
            .toList();
    boolean series = !query.shape().dimensions().isEmpty();
    if (columns.isEmpty() || (series && query.top() == null)) {
      return new GatheredCounters(List.of(), 0);
    }
    long rows = query.buckets().starts().size() * (series ? query.top().number() + 1L : 1);
    long all = Math.max(1, rows) * columns.size() * (query.comparison() == null ? 1 : 2);
    int most = (int) (MOST / all);
    return new GatheredCounters(most == 0 ? List.of() : columns, most);
  }

  /**
   * How many distinct elements they have seen together.
   *
   * @throws IllegalArgumentException if one of them is not canonical
   */
  static long count(Array counters) throws SQLException {
    HyperLogLog together = new HyperLogLog();
    for (byte[] counter : (byte[][]) counters.getArray()) {
      together.merge(counter);
    }
    return together.estimate();
  }
}
