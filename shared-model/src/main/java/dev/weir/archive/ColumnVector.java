package dev.weir.archive;

import java.io.IOException;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.io.api.PrimitiveConverter;

/**
 * The values of one of a file's columns in the rows of an {@link EventBatch}. Values come column by
 * column: each column then runs through its own small loop, which is several times cheaper than
 * Parquet's own way, one row through all columns.
 */
abstract class ColumnVector extends PrimitiveConverter {
  /** The row that the next value belongs to. */
  private int row;

  final int row() {
    return row;
  }

  /** Reads the column's next values. */
  final void read(ColumnReader column, int rows) {
    int present = column.getDescriptor().getMaxDefinitionLevel();
    startBatch();
    for (row = 0; row < rows; row++) {
      if (column.getCurrentDefinitionLevel() == present) {
        column.writeCurrentValueToConverter();
      } else {
        setNull();
      }
      column.consume();
    }
  }

  /** Reads the column's next values, where the row group is read whole. */
  final void read(ColumnPages pages, int rows) throws IOException {
    startBatch();
    for (int from = 0; from < rows; ) {
      int to = from + Math.min(pages.ready(), rows - from);
      read(pages, from, to);
      pages.taken(to - from);
      from = to;
    }
  }

  /** Reads the values of rows from {@code from} to {@code to - 1}, all of one page. */
  abstract void read(ColumnPages page, int from, int to) throws IOException;

  /** Forgets what only belonged to the row group before. */
  void startRowGroup() {}

  /** Forgets the values of the batch before. */
  abstract void startBatch();

  abstract void setNull();

  /** Adds each value's term of its row's stored hash. */
  abstract void addTerms(long[] sums, int rows);
}
