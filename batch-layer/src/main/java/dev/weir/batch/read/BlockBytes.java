package dev.weir.batch.read;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.util.Arrays;

/** A block while it is written: bytes, little endian, in a buffer that grows and is used again. */
final class BlockBytes {
  static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

  private byte[] bytes = new byte[1 << 16];
  private int size;

  void clear() {
    size = 0;
  }

  void addByte(int value) {
    int at = reserve(1);
    bytes[at] = (byte) value;
  }

  void addInt(int value) {
    int at = reserve(Integer.BYTES);
    INTS.set(bytes, at, value);
  }

  void addLong(long value) {
    int at = reserve(Long.BYTES);
    LONGS.set(bytes, at, value);
  }

  void addBytes(byte[] source, int from, int length) {
    int at = reserve(length);
    System.arraycopy(source, from, bytes, at, length);
  }

  /**
   * Adds bytes that the caller writes into {@link #bytes()}, which may be another array from now
   * on, and returns where they start.
   */
  int reserve(int length) {
    if (bytes.length - size < length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + length));
    }
    int at = size;
    size += length;
    return at;
  }

  /** What was added, from the start; until something is added again. */
  byte[] bytes() {
    return bytes;
  }

  byte[] copy() {
    return Arrays.copyOf(bytes, size);
  }
}
