package dev.weir.archive;

import static org.apache.parquet.filter2.predicate.FilterApi.and;
import static org.apache.parquet.filter2.predicate.FilterApi.gtEq;
import static org.apache.parquet.filter2.predicate.FilterApi.longColumn;
import static org.apache.parquet.filter2.predicate.FilterApi.lt;

import java.io.Closeable;
import java.io.IOException;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.filter2.compat.FilterCompat;
import org.apache.parquet.filter2.predicate.FilterPredicate;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.api.ReadSupport;
import org.apache.parquet.io.InputFile;

/**
 * Reads the events of one file under {@code arrivals/} or {@code hours/}, all of them or those of a
 * range of event time. The events share nothing with the reader. Not thread safe.
 */
public final class ArchiveFileReader implements Closeable {
  private static final long MICROS_PER_MILLI = 1000;

  private final ParquetReader<ArchivedEvent> reader;
  private final long fromMicros;
  private final long toMicros;

  private ArchiveFileReader(ParquetReader<ArchivedEvent> reader, long fromMicros, long toMicros) {
    this.reader = reader;
    this.fromMicros = fromMicros;
    this.toMicros = toMicros;
  }

  /** Reads all events, in the file's order. */
  public static ArchiveFileReader open(InputFile file, ArchiveSchema schema) throws IOException {
    return new ArchiveFileReader(new Builder(file, schema).build(), Long.MIN_VALUE, Long.MAX_VALUE);
  }

  /**
   * Reads the events of a range of event time, in the file's order; row groups and pages without
   * any are skipped.
   *
   * @param fromMillis first instant, epoch milliseconds
   * @param toMillis first instant after the range
   */
  public static ArchiveFileReader open(
      InputFile file, ArchiveSchema schema, long fromMillis, long toMillis) throws IOException {
    long fromMicros = Math.multiplyExact(fromMillis, MICROS_PER_MILLI);
    long toMicros = Math.multiplyExact(toMillis, MICROS_PER_MILLI);
    FilterPredicate inRange =
        and(
            gtEq(longColumn(ArchiveSchema.EVENT_TIME), fromMicros),
            lt(longColumn(ArchiveSchema.EVENT_TIME), toMicros));
    ParquetReader<ArchivedEvent> reader =
        new Builder(file, schema)
            .withFilter(FilterCompat.get(inRange))
            // Checking each row here is cheaper: Parquet's check gives up dictionary decoding.
            .useRecordFilter(false)
            .build();
    return new ArchiveFileReader(reader, fromMicros, toMicros);
  }

  /** The next event, or null at the end. */
  public ArchivedEvent read() throws IOException {
    ArchivedEvent event = reader.read();
    while (event != null
        && (event.event().timeMicros() < fromMicros || event.event().timeMicros() >= toMicros)) {
      event = reader.read();
    }
    return event;
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }

  private static final class Builder extends ParquetReader.Builder<ArchivedEvent> {
    private final ArchiveSchema schema;

    Builder(InputFile file, ArchiveSchema schema) {
      super(file, new PlainParquetConfiguration());
      this.schema = schema;
    }

    @Override
    protected ReadSupport<ArchivedEvent> getReadSupport() {
      return new EventReadSupport(schema);
    }
  }
}
