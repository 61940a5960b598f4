package dev.weir.archive;

import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * How every file of the archive is encoded: Zstandard level 1, row groups of 32 MiB. With columns
 * encoded by what they hold, higher levels take three times as long and save nothing.
 */
final class ParquetSettings {
  static final long ROW_GROUP_BYTES = 32L << 20;
  static final CompressionCodecName CODEC = CompressionCodecName.ZSTD;

  private static final int LEVEL = 1;

  private ParquetSettings() {}

  static PlainParquetConfiguration configuration() {
    PlainParquetConfiguration configuration = new PlainParquetConfiguration();
    configuration.setInt("parquet.compression.codec.zstd.level", LEVEL);
    return configuration;
  }
}
