package dev.weir.archive;

import java.io.IOException;
import java.util.Arrays;
import org.apache.parquet.column.values.ValuesReader;

/** A column of integers of 32 or 64 bits. */
final class LongVector extends ColumnVector {
  private final long seed;
  private final long[] values = new long[EventBatch.MOST_ROWS];
  private final boolean[] present = new boolean[EventBatch.MOST_ROWS];

  /**
   * Sets up a column of nulls, which are 0.
   *
   * @param seed of the column's terms in the row's hash
   */
  LongVector(long seed) {
    this.seed = seed;
  }

  /** By row; 0 where there is none. */
  long[] values() {
    return values;
  }

  boolean present(int row) {
    return present[row];
  }

  @Override
  void addTerms(long[] sums, int rows) {
    addTerms(seed, sums, rows);
  }

  private void addTerms(long seeded, long[] sums, int rows) {
    for (int i = 0; i < rows; i++) {
      if (present[i]) {
        sums[i] += EventHash.number(seeded, values[i]);
      }
    }
  }

  /** Brings the values to the declared scale, and adds their terms at that scale. */
  void rescale(Rescale rescale, long declaredSeed, long[] sums, int rows) {
    for (int i = 0; i < rows; i++) {
      values[i] = rescale.apply(values[i]);
    }
    addTerms(declaredSeed, sums, rows);
  }

  @Override
  void startBatch() {
    Arrays.fill(present, false);
  }

  @Override
  void setNull() {
    values[row()] = 0;
  }

  @Override
  void read(ColumnPages page, int from, int to) throws IOException {
    ValuesReader in = page.values();
    for (int row = from; row < to; row++) {
      present[row] = page.isPresent();
      values[row] = !present[row] ? 0 : page.isWide() ? in.readLong() : in.readInteger();
    }
  }

  @Override
  public void addInt(int value) {
    addLong(value);
  }

  @Override
  public void addLong(long value) {
    values[row()] = value;
    present[row()] = true;
  }
}
