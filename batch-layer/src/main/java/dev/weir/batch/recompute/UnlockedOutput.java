package dev.weir.batch.recompute;

import java.io.OutputStream;
import java.util.Arrays;

/**
 * Bytes in memory, written by one thread: {@link java.io.ByteArrayOutputStream} takes a lock for
 * each byte, which costs several times what the byte does.
 */
final class UnlockedOutput extends OutputStream {
  private byte[] bytes = new byte[1024];
  private int size;

  @Override
  public void write(int value) {
    if (size == bytes.length) {
      bytes = Arrays.copyOf(bytes, 2 * size);
    }
    bytes[size++] = (byte) value;
  }

  @Override
  public void write(byte[] source, int from, int length) {
    if (bytes.length - size < length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + length));
    }
    System.arraycopy(source, from, bytes, size, length);
    size += length;
  }

  byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }
}
