package dev.weir.archive;

import java.io.IOException;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;

/**
 * How every file of the archive is encoded: Zstandard level 3, row groups of 32 MiB. Ids, offsets
 * and times are nearly all different, so a dictionary of them would only be built to be thrown
 * away, and extremes of random ids select nothing.
 */
final class ParquetSettings<T> extends ParquetWriter.Builder<T, ParquetSettings<T>> {
  private static final long ROW_GROUP_BYTES = 32L << 20;
  private static final int MOST_LARGE_ROWS_UNCHECKED = 8;
  private static final String ZSTD_LEVEL = "parquet.compression.codec.zstd.level";

  private final WriteSupport<T> writeSupport;

  private ParquetSettings(OutputFile file, WriteSupport<T> writeSupport) {
    super(file);
    this.writeSupport = writeSupport;
  }

  static <T> ParquetWriter<T> open(OutputFile file, WriteSupport<T> writeSupport)
      throws IOException {
    return settings(file, writeSupport).build();
  }

  /**
   * For rows of up to megabytes: Parquet asks for their size every few rows. It would otherwise
   * first ask after a hundred, all of them in memory.
   */
  static <T> ParquetWriter<T> openForLargeRows(OutputFile file, WriteSupport<T> writeSupport)
      throws IOException {
    return settings(file, writeSupport)
        .withMinRowCountForPageSizeCheck(1)
        .withMaxRowCountForPageSizeCheck(MOST_LARGE_ROWS_UNCHECKED)
        .build();
  }

  private static <T> ParquetSettings<T> settings(OutputFile file, WriteSupport<T> writeSupport) {
    PlainParquetConfiguration configuration = new PlainParquetConfiguration();
    configuration.setInt(ZSTD_LEVEL, 3);
    return new ParquetSettings<>(file, writeSupport)
        .withConf(configuration)
        // A name is never used twice; an existing file means that two writers collide.
        .withWriteMode(ParquetFileWriter.Mode.CREATE)
        .withCompressionCodec(CompressionCodecName.ZSTD)
        .withRowGroupSize(ROW_GROUP_BYTES)
        .withDictionaryEncoding(ArchiveSchema.EVENT_ID, false)
        .withStatisticsEnabled(ArchiveSchema.EVENT_ID, false)
        .withDictionaryEncoding(ArchiveSchema.OFFSET, false)
        .withDictionaryEncoding(ArchiveSchema.EVENT_TIME, false)
        .withDictionaryEncoding(ArchiveSchema.RECORD_TIME, false)
        .withDictionaryEncoding(ArchiveSchema.RAW, false)
        .withStatisticsEnabled(ArchiveSchema.RAW, false);
  }

  @Override
  protected ParquetSettings<T> self() {
    return this;
  }

  @SuppressWarnings("deprecation")
  @Override
  protected WriteSupport<T> getWriteSupport(Configuration configuration) {
    return writeSupport;
  }

  @Override
  protected WriteSupport<T> getWriteSupport(ParquetConfiguration configuration) {
    return writeSupport;
  }
}
