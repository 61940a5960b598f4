package dev.weir.archive;

import static org.apache.parquet.filter2.predicate.FilterApi.and;
import static org.apache.parquet.filter2.predicate.FilterApi.gtEq;
import static org.apache.parquet.filter2.predicate.FilterApi.longColumn;
import static org.apache.parquet.filter2.predicate.FilterApi.lt;

import java.io.Closeable;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ColumnReader;
import org.apache.parquet.column.impl.ColumnReadStoreImpl;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.filter2.predicate.FilterPredicate;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.InputFile;
import org.apache.parquet.schema.MessageType;

/**
 * Reads one file under {@code arrivals/} or {@code hours/} batch by batch, all of it or what may
 * hold the events of a range of event time. Not thread safe.
 */
public final class EventBatchReader implements Closeable {
  private static final long MICROS_PER_MILLI = 1000;

  private final ParquetFileReader file;
  private final MessageType schema;
  private final FileColumns columns;
  private final List<ColumnVector> vectors;
  private final EventBatch batch;

  // By column: of a row group that is read whole, its pages; of one of which pages are left out,
  // Parquet's readers, which find the rows of each page.
  private final List<ColumnPages> pages = new ArrayList<>();
  private final List<ColumnReader> readers = new ArrayList<>();
  private long left;

  private EventBatchReader(ParquetFileReader file, ArchiveSchema archive) {
    this.file = file;
    this.schema = file.getFileMetaData().getSchema();
    this.columns = new FileColumns(archive, schema);
    this.vectors = columns.vectors();
    this.batch = new EventBatch(archive, columns);
  }

  /** Reads all rows, in the file's order. */
  public static EventBatchReader open(InputFile input, ArchiveSchema schema) throws IOException {
    return open(input, columns -> schema, FilterCompat.NOOP);
  }

  /**
   * Reads all rows by the columns of the file, whatever is declared now: the hashes of a batch are
   * the stored ones.
   */
  public static EventBatchReader openAsStored(InputFile input) throws IOException {
    return open(input, ArchiveSchema::asStored, FilterCompat.NOOP);
  }

  /**
   * Leaves row groups and pages out that have no events of a range of event time; of the others all
   * rows are read, in the file's order.
   *
   * @param fromMillis first instant, epoch milliseconds
   * @param toMillis first instant after the range
   */
  public static EventBatchReader open(
      InputFile input, ArchiveSchema schema, long fromMillis, long toMillis) throws IOException {
    FilterPredicate inRange =
        and(
            gtEq(longColumn(ArchiveSchema.EVENT_TIME), micros(fromMillis)),
            lt(longColumn(ArchiveSchema.EVENT_TIME), micros(toMillis)));
    return open(input, columns -> schema, FilterCompat.get(inRange));
  }

  /** An instant as the archive stores it. */
  static long micros(long millis) {
    return Math.multiplyExact(millis, MICROS_PER_MILLI);
  }

  private static EventBatchReader open(
      InputFile input, Function<MessageType, ArchiveSchema> schema, FilterCompat.Filter filter)
      throws IOException {
    ParquetFileReader file =
        ParquetFileReader.open(
            input,
            ParquetReadOptions.builder(new PlainParquetConfiguration())
                .withRecordFilter(filter)
                .build());
    try {
      return new EventBatchReader(file, schema.apply(file.getFileMetaData().getSchema()));
    } catch (RuntimeException e) {
      file.close();
      throw e;
    }
  }

  /**
   * The next rows, or null at the end. They are always the same object.
   *
   * @throws IOException if the file cannot be read; damage may show as any other exception, too
   */
  public EventBatch next() throws IOException {
    while (left == 0) {
      PageReadStore rowGroup = file.readNextFilteredRowGroup();
      if (rowGroup == null) {
        return null;
      }
      start(rowGroup);
    }
    int rows = (int) Math.min(left, EventBatch.MOST_ROWS);
    for (int i = 0; i < vectors.size(); i++) {
      if (readers.isEmpty()) {
        vectors.get(i).read(pages.get(i), rows);
      } else {
        vectors.get(i).read(readers.get(i), rows);
      }
    }
    batch.complete(rows);
    left -= rows;
    return batch;
  }

  private void start(PageReadStore rowGroup) throws IOException {
    vectors.forEach(ColumnVector::startRowGroup);
    pages.clear();
    readers.clear();
    left = rowGroup.getRowCount();
    for (ColumnDescriptor column : schema.getColumns()) {
      long values = rowGroup.getPageReader(column).getTotalValueCount();
      if (values < left) {
        throw new IllegalArgumentException(
            "column " + column.getPath()[0] + " has " + values + " values for " + left + " rows");
      }
    }
    if (rowGroup.getRowIndexes().isPresent()) {
      startReaders(rowGroup);
    } else {
      startPages(rowGroup);
    }
  }

  private void startPages(PageReadStore rowGroup) throws IOException {
    for (ColumnDescriptor column : schema.getColumns()) {
      ColumnPages read = new ColumnPages(column, rowGroup.getPageReader(column));
      ColumnVector vector = vectors.get(pages.size());
      if (read.dictionary() != null && vector.hasDictionarySupport()) {
        vector.setDictionary(read.dictionary());
      }
      pages.add(read);
    }
  }

  private void startReaders(PageReadStore rowGroup) {
    ColumnReadStoreImpl store =
        new ColumnReadStoreImpl(
            rowGroup, columns.converters(), schema, file.getFileMetaData().getCreatedBy());
    for (ColumnDescriptor column : schema.getColumns()) {
      readers.add(store.getColumnReader(column));
    }
  }

  @Override
  public void close() throws IOException {
    file.close();
  }
}
