package dev.weir.speed.source;

import dev.weir.event.RawRecord;
import java.io.IOException;
import java.io.InputStream;
import java.time.Clock;
import java.util.HashMap;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.connector.file.src.FileSourceSplit;
import org.apache.flink.connector.file.src.reader.BulkFormat;
import org.apache.flink.connector.file.src.util.CheckpointedPosition;
import org.apache.flink.core.fs.FSDataInputStream;
import org.apache.flink.core.fs.Path;

/**
 * One line of a file is one record: topic = the file's path, partition = 0, offset = the line's
 * first byte in the uncompressed file, record time = when it was read. Files named {@code *.gz} are
 * unpacked. A file is one split, so that its lines keep their order.
 */
final class LineFormat implements BulkFormat<RawRecord, FileSourceSplit> {
  private static final long serialVersionUID = 1L;

  private final int source;
  private final Clock clock;
  private final HashMap<String, Long> nextOffsetByPath;

  LineFormat(int source, Clock clock, Map<String, Long> nextOffsetByPath) {
    this.source = source;
    this.clock = clock;
    this.nextOffsetByPath = new HashMap<>(nextOffsetByPath);
  }

  @Override
  public Reader<RawRecord> createReader(Configuration config, FileSourceSplit split)
      throws IOException {
    Long nextOffset = nextOffsetByPath.get(split.path().toString());
    if (nextOffset == null) {
      return open(split.path(), 0);
    }
    // The ledger names the offset after that of the last line read, not where that line ends.
    LineFileReader reader = open(split.path(), nextOffset - 1);
    reader.skipLine();
    return reader;
  }

  @Override
  public Reader<RawRecord> restoreReader(Configuration config, FileSourceSplit split)
      throws IOException {
    long position = split.getReaderPosition().map(CheckpointedPosition::getOffset).orElse(0L);
    return position > 0 ? open(split.path(), position) : createReader(config, split);
  }

  private LineFileReader open(Path file, long position) throws IOException {
    FSDataInputStream stored = file.getFileSystem().open(file);
    try {
      InputStream plain = stored;
      if (file.getName().endsWith(".gz")) {
        plain = new GZIPInputStream(stored, 64 * 1024);
        plain.skipNBytes(position);
      } else {
        stored.seek(position);
      }
      return new LineFileReader(
          new LineReader(plain, position, LineReader.MAX_LINE_BYTES),
          source,
          file.toString(),
          clock);
    } catch (IOException | RuntimeException e) {
      stored.close();
      throw new IOException(
          "could not read " + file + " from byte " + position + ": " + e.getMessage(), e);
    }
  }

  @Override
  public boolean isSplittable() {
    return false;
  }

  @Override
  public TypeInformation<RawRecord> getProducedType() {
    return RawRecordSerializer.TYPE;
  }
}
