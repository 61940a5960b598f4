package dev.weir.batch.recompute;

import java.io.InputStream;

/** The bytes of an array, read by one thread: see {@link UnlockedOutput}. */
final class UnlockedInput extends InputStream {
  private final byte[] bytes;
  private int position;

  UnlockedInput(byte[] bytes) {
    this.bytes = bytes;
  }

  @Override
  public int read() {
    return position == bytes.length ? -1 : bytes[position++] & 0xFF;
  }

  @Override
  public int read(byte[] target, int from, int length) {
    if (position == bytes.length && length > 0) {
      return -1;
    }
    int count = Math.min(length, bytes.length - position);
    System.arraycopy(bytes, position, target, from, count);
    position += count;
    return count;
  }
}
