package dev.weir.batch.recompute;

import java.io.OutputStream;
import java.util.Arrays;

/**
 * Bytes in memory, written by one thread: {@link java.io.ByteArrayOutputStream} takes a lock for
 * each byte, which costs several times what the byte does.
 */
final class UnlockedOutput extends OutputStream {
  /** Longer arrays are refused by some JVMs. */
  private static final int MOST = Integer.MAX_VALUE - 8;

  private byte[] bytes = new byte[1024];
  private int size;

  @Override
  public void write(int value) {
    ensure(1);
    bytes[size++] = (byte) value;
  }

  @Override
  public void write(byte[] source, int from, int length) {
    ensure(length);
    System.arraycopy(source, from, bytes, size, length);
    size += length;
  }

  private void ensure(int more) {
    if (bytes.length - size < more) {
      int enough = Math.addExact(size, more);
      bytes = Arrays.copyOf(bytes, (int) Math.max(enough, Math.min(2L * bytes.length, MOST)));
    }
  }

  byte[] toByteArray() {
    return Arrays.copyOf(bytes, size);
  }
}
