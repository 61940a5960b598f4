package dev.weir.archive;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.apache.parquet.bytes.BytesInput;

/** Bytes in Parquet's plain encoding, in a buffer that grows and is used again. */
final class PageBytes {
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final int SMALLEST = 1 << 10;

  private byte[] bytes = new byte[SMALLEST];
  private int size;

  void clear() {
    size = 0;
  }

  int size() {
    return size;
  }

  void addByte(int value) {
    ensure(1);
    bytes[size++] = (byte) value;
  }

  void addInt(int value) {
    ensure(Integer.BYTES);
    INTS.set(bytes, size, value);
    size += Integer.BYTES;
  }

  /** Replaces an int that was added at a position before. */
  void setInt(int position, int value) {
    INTS.set(bytes, position, value);
  }

  /** Adds a number seven bits at a time, the lowest first. */
  void addVarInt(int value) {
    int rest = value;
    while ((rest & ~0x7F) != 0) {
      addByte((rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    addByte(rest);
  }

  /** Adds a text's length in UTF-8 and its bytes. */
  void addText(String text) {
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    addText(utf8, 0, utf8.length);
  }

  /** Adds the length of a text in UTF-8 and its bytes. */
  void addText(byte[] utf8, int from, int length) {
    ensure(Integer.BYTES + length);
    INTS.set(bytes, size, length);
    System.arraycopy(utf8, from, bytes, size + Integer.BYTES, length);
    size += Integer.BYTES + length;
  }

  /** What was added, from the start; until something is added again. */
  byte[] bytes() {
    return bytes;
  }

  /** Makes room for bytes to be written at {@link #size()} by somebody else. */
  byte[] reserve(int length) {
    ensure(length);
    return bytes;
  }

  /** Counts bytes that were written into what {@link #reserve} gave. */
  void advance(int length) {
    size += length;
  }

  /** These bytes, to be read before anything is added. */
  BytesInput toBytesInput() {
    return BytesInput.from(bytes, 0, size);
  }

  private void ensure(int more) {
    if (bytes.length - size < more) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + more));
    }
  }
}
