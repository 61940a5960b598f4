package dev.weir.serving.cube;

import dev.weir.aggregate.HyperLogLog;
import dev.weir.serving.cube.CubeQuery.Order;
import dev.weir.serving.sql.CubeShape.Column;
import dev.weir.serving.sql.CubeShape.Kind;
import java.sql.Array;
import java.sql.SQLException;

/**
 * Distinct counters that the database hands over as they are, a {@code bytea[]} for each row, to be
 * merged here: its functions take 20 to 50 times as long for the same number.
 */
final class GatheredCounters {
  /** Of one answer: 6 MiB, were all of them in the dense form. */
  private static final int MOST = 2_048;

  private GatheredCounters() {}

  /**
   * Most counters that a row may bring along; where it has more, the database merges them. None
   * where the number of rows is not known to be small.
   */
  static int most(CubeQuery query) {
    long rows = query.limit() == null ? Long.MAX_VALUE : query.limit() + 1L;
    if (query.shape().dimensions().isEmpty()) {
      rows = Math.min(rows, query.buckets().starts().size());
    }
    return (int) (MOST / Math.max(rows, 1));
  }

  /** Whether a measure may come as counters: it is one, and nothing is sorted by its number. */
  static boolean possible(CubeQuery query, Column column) {
    return column.kind() == Kind.DISTINCT
        && most(query) > 0
        && query.order().stream().map(Order::by).noneMatch(column.name()::equals);
  }

  /**
   * How many distinct elements they have seen together.
   *
   * @param counters null for none; nulls among them count nothing
   * @throws IllegalArgumentException if one of them is not canonical
   */
  static long count(Array counters) throws SQLException {
    if (counters == null) {
      return 0;
    }
    HyperLogLog together = new HyperLogLog();
    for (byte[] counter : (byte[][]) counters.getArray()) {
      if (counter != null) {
        together.merge(HyperLogLog.of(counter));
      }
    }
    return together.estimate();
  }
}
