package dev.weir.archive;

import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.column.statistics.IntStatistics;
import org.apache.parquet.column.statistics.LongStatistics;
import org.apache.parquet.column.statistics.Statistics;
import org.apache.parquet.column.values.ValuesWriter;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesWriterForInteger;
import org.apache.parquet.column.values.delta.DeltaBinaryPackingValuesWriterForLong;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;

/** A column of integers of 32 or 64 bits, as differences to the one before. */
final class NumberColumn extends PageColumn {
  private static final int SLAB = 1 << 10;

  private final long[] values = new long[EventRows.PAGE_ROWS];
  private final long seed;
  private final boolean wide;
  private final ValuesWriter encoder;
  private int size;

  /**
   * @param seed of the column's terms in the row's hash
   */
  NumberColumn(ColumnDescriptor column, long seed) {
    super(column);
    this.seed = seed;
    wide = column.getPrimitiveType().getPrimitiveTypeName() == PrimitiveTypeName.INT64;
    HeapByteBufferAllocator heap = HeapByteBufferAllocator.getInstance();
    encoder =
        wide
            ? new DeltaBinaryPackingValuesWriterForLong(SLAB, EventRows.PAGE_BYTES, heap)
            : new DeltaBinaryPackingValuesWriterForInteger(SLAB, EventRows.PAGE_BYTES, heap);
  }

  /**
   * Adds a number.
   *
   * @return its term of the row's hash
   */
  long add(long value) {
    values[size++] = value;
    present();
    return EventHash.number(seed, value);
  }

  @Override
  BytesInput encoded() {
    if (wide) {
      for (int i = 0; i < size; i++) {
        encoder.writeLong(values[i]);
      }
    } else {
      for (int i = 0; i < size; i++) {
        encoder.writeInteger((int) values[i]);
      }
    }
    return encoder.getBytes();
  }

  @Override
  Encoding encoding() {
    return Encoding.DELTA_BINARY_PACKED;
  }

  @Override
  Statistics<?> statistics() {
    Statistics<?> statistics = Statistics.createStats(column().getPrimitiveType());
    if (size > 0) {
      long min = values[0];
      long max = values[0];
      for (int i = 1; i < size; i++) {
        min = Math.min(min, values[i]);
        max = Math.max(max, values[i]);
      }
      if (wide) {
        ((LongStatistics) statistics).setMinMax(min, max);
      } else {
        ((IntStatistics) statistics).setMinMax((int) min, (int) max);
      }
    }
    return statistics;
  }

  @Override
  void forgetPage() {
    size = 0;
    encoder.reset();
  }
}
