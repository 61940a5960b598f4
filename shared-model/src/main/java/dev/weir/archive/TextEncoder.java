package dev.weir.archive;

import java.nio.charset.StandardCharsets;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;

/**
 * Hands text to Parquet as UTF-8 from one reused buffer. Parquet copies what it keeps (dictionary
 * entries, extremes).
 */
final class TextEncoder {
  private static final int ASCII_LIMIT = 0x80;

  private byte[] buffer = new byte[256];

  void add(RecordConsumer consumer, String text) {
    int length = text.length();
    if (length > buffer.length) {
      buffer = new byte[2 * length];
    }
    for (int i = 0; i < length; i++) {
      char unit = text.charAt(i);
      if (unit >= ASCII_LIMIT) {
        consumer.addBinary(Binary.fromConstantByteArray(text.getBytes(StandardCharsets.UTF_8)));
        return;
      }
      buffer[i] = (byte) unit;
    }
    consumer.addBinary(Binary.fromReusedByteArray(buffer, 0, length));
  }
}
