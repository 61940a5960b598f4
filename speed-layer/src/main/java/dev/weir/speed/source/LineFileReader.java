package dev.weir.speed.source;

import dev.weir.event.RawRecord;
import java.io.IOException;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.connector.file.src.reader.BulkFormat;
import org.apache.flink.connector.file.src.util.RecordAndPosition;

/** Reads a file's lines in batches, each record with the position from which reading resumes. */
final class LineFileReader implements BulkFormat.Reader<RawRecord> {
  private static final int BATCH_RECORDS = 1_000;
  private static final int BATCH_BYTES = 1024 * 1024;

  private final LineReader lines;
  private final int source;
  private final String path;
  private final Clock clock;

  LineFileReader(LineReader lines, int source, String path, Clock clock) {
    this.lines = lines;
    this.source = source;
    this.path = path;
    this.clock = clock;
  }

  /** Leaves the next line out. */
  void skipLine() throws IOException {
    lines.next();
  }

  @Override
  public BulkFormat.RecordIterator<RawRecord> readBatch() throws IOException {
    long nowMillis = clock.millis();
    List<RecordAndPosition<RawRecord>> batch = new ArrayList<>();
    int bytes = 0;
    while (batch.size() < BATCH_RECORDS && bytes < BATCH_BYTES) {
      byte[] line = lines.next();
      if (line == null) {
        break;
      }
      bytes += line.length;
      RawRecord record = new RawRecord(source, path, 0, lines.lineStart(), nowMillis, line);
      batch.add(new RecordAndPosition<>(record, lines.position(), 0));
    }
    return batch.isEmpty() ? null : new Batch(batch);
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }

  private static final class Batch implements BulkFormat.RecordIterator<RawRecord> {
    private final List<RecordAndPosition<RawRecord>> records;
    private int next;

    Batch(List<RecordAndPosition<RawRecord>> records) {
      this.records = records;
    }

    @Override
    public RecordAndPosition<RawRecord> next() {
      return next < records.size() ? records.get(next++) : null;
    }

    @Override
    public void releaseBatch() {
      // Nothing is pooled: the records live on in the operators.
    }
  }
}
