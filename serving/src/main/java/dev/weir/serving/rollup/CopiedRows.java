package dev.weir.serving.rollup;

import dev.weir.aggregate.AggregateKey;
import dev.weir.aggregate.MeasureLayout;
import dev.weir.aggregate.MinuteAggregate;
import dev.weir.db.BinaryFields;
import dev.weir.db.CubeBinaryRows;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.function.Function;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/** Rows of a cube's tables as a COPY gives them. */
final class CopiedRows {
  private CopiedRows() {}

  /**
   * Merges all of them.
   *
   * @param copy the statement
   * @param target reads the columns before the measures and says what a row is merged into
   * @throws IllegalArgumentException if a row contradicts itself
   */
  static void merge(
      Connection connection,
      String copy,
      MeasureLayout layout,
      Function<BinaryFields, MinuteAggregate> target)
      throws SQLException {
    CubeBinaryRows into = new CubeBinaryRows(layout, target);
    CopyOut out = connection.unwrap(PGConnection.class).getCopyAPI().copyOut(copy);
    RuntimeException failure = null;
    try {
      for (byte[] piece = out.readFromCopy(); piece != null; piece = out.readFromCopy()) {
        // To the end in any case: before it the connection is of no use.
        if (failure == null) {
          try {
            into.read(piece);
          } catch (IllegalArgumentException | ArithmeticException | TooManySeriesException e) {
            failure = e;
          }
        }
      }
    } finally {
      if (out.isActive()) {
        connection.abort(Runnable::run);
      }
    }
    if (failure != null) {
      throw failure;
    }
  }

  /** Reads bucket, in seconds, and dimensions: the key of a row of that grouping. */
  static AggregateKey key(int grouping, BinaryFields fields, int dimensions) {
    long bucketMillis = 1000 * fields.bigint();
    return new AggregateKey(grouping, bucketMillis, CubeBinaryRows.dimensions(fields, dimensions));
  }
}
