package dev.weir.benchmark.peer.limit;

import java.io.IOException;
import java.nio.file.Path;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;

/** Opens Parquet files for scanned events: Zstandard, no dictionary where values hardly repeat. */
final class EventFile {
  private static final long ROW_GROUP_BYTES = 64L << 20;

  private EventFile() {}

  static ParquetWriter<ScannedEvent> open(Path file) throws IOException {
    return new Builder(file)
        .withConf(new PlainParquetConfiguration())
        .withCompressionCodec(CompressionCodecName.ZSTD)
        .withDictionaryEncoding(EventColumns.ID, false)
        .withDictionaryEncoding(EventColumns.TIME, false)
        .withRowGroupSize(ROW_GROUP_BYTES)
        .build();
  }

  @SuppressWarnings("deprecation") // The method that takes Hadoop's configuration is abstract.
  private static final class Builder extends ParquetWriter.Builder<ScannedEvent, Builder> {
    Builder(Path file) {
      super(new LocalOutputFile(file));
    }

    @Override
    protected Builder self() {
      return this;
    }

    @Override
    protected WriteSupport<ScannedEvent> getWriteSupport(Configuration configuration) {
      return new EventColumns();
    }

    @Override
    protected WriteSupport<ScannedEvent> getWriteSupport(ParquetConfiguration configuration) {
      return new EventColumns();
    }
  }
}
