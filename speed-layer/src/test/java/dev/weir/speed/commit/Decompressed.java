package dev.weir.speed.commit;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.luben.zstd.Zstd;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;

/**
 * The rows of compressed ones, as state of version 2 has them.
 *
 * @param portions they were compressed in
 */
record Decompressed(BinaryRows rows, int portions) {

  static Decompressed of(DeltaRows compressed) {
    assertThat(compressed).isInstanceOf(CompressedRows.class);
    ByteArrayOutputStream rows = new ByteArrayOutputStream();
    ByteBuffer in = ByteBuffer.wrap(compressed.bytes());
    int portions = 0;
    for (; in.hasRemaining(); portions++) {
      byte[] portion = new byte[in.getInt()];
      byte[] frame = new byte[in.getInt()];
      in.get(frame);
      assertThat(Zstd.decompress(portion, frame)).isEqualTo(portion.length);
      rows.writeBytes(portion);
    }
    return new Decompressed(new BinaryRows(rows.toByteArray()), portions);
  }
}
