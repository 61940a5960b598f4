package dev.weir.serving.export;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import org.apache.parquet.bytes.BytesInput;
import org.apache.parquet.compression.CompressionCodecFactory.BytesInputCompressor;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;

/**
 * Compresses Parquet pages with Zstandard, without the Hadoop classes that Parquet's own codecs
 * need.
 */
final class ZstandardPages implements BytesInputCompressor {
  private static final int LEVEL = 1;

  @Override
  public BytesInput compress(BytesInput bytes) throws IOException {
    ByteArrayOutputStream page = new ByteArrayOutputStream((int) bytes.size());
    bytes.writeAllTo(page);
    return BytesInput.from(Zstd.compress(page.toByteArray(), LEVEL));
  }

  @Override
  public CompressionCodecName getCodecName() {
    return CompressionCodecName.ZSTD;
  }

  @Override
  public void release() {
    // Nothing is kept between pages.
  }
}
