package dev.weir.archive;

import java.io.Closeable;
import java.io.IOException;
import org.apache.parquet.io.InputFile;

/**
 * Reads the events of one file under {@code arrivals/} or {@code hours/} one by one, all of them or
 * those of a range of event time. The events share nothing with the reader. Not thread safe.
 *
 * <p>{@link EventBatchReader} gives the same, much faster, by column.
 */
public final class ArchiveFileReader implements Closeable {
  private final EventBatchReader reader;
  private final long fromMicros;
  private final long toMicros;
  private EventBatch batch;
  private int row;

  private ArchiveFileReader(EventBatchReader reader, long fromMicros, long toMicros) {
    this.reader = reader;
    this.fromMicros = fromMicros;
    this.toMicros = toMicros;
  }

  /** Reads all events, in the file's order. */
  public static ArchiveFileReader open(InputFile file, ArchiveSchema schema) throws IOException {
    return new ArchiveFileReader(
        EventBatchReader.open(file, schema), Long.MIN_VALUE, Long.MAX_VALUE);
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
    return new ArchiveFileReader(
        EventBatchReader.open(file, schema, fromMillis, toMillis),
        EventBatchReader.micros(fromMillis),
        EventBatchReader.micros(toMillis));
  }

  /** The next event, or null at the end. */
  public ArchivedEvent read() throws IOException {
    while (true) {
      if (batch == null || row == batch.rows()) {
        batch = reader.next();
        row = 0;
        if (batch == null) {
          return null;
        }
      }
      long timeMicros = batch.timeMicros()[row];
      if (timeMicros >= fromMicros && timeMicros < toMicros) {
        return batch.event(row++);
      }
      row++;
    }
  }

  @Override
  public void close() throws IOException {
    reader.close();
  }
}
