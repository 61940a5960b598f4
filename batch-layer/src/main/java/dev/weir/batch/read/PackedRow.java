package dev.weir.batch.read;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Layout of an archived event packed into bytes, little endian.
 *
 * <pre>
 *   0 length i32, of all that follows     36 record time i64, epoch ms
 *   4 commit i64                          44 present numbers i64, mask
 *  12 event time i64, epoch us            52 row hash i64
 *  20 offset i64                          60 duplicate key i64
 *  28 partition i32                       68 numbers i64 each
 *  32 (unused) i32                           source, topic, id, dimensions, identifiers:
 *                                            length u16 (65535: null) and UTF-8 each
 * </pre>
 *
 * Both the shuffle and the memory of a bucket hold rows in this form: no object per row.
 */
final class PackedRow {
  static final int COMMIT = 4;
  static final int TIME_MICROS = 12;
  static final int OFFSET = 20;
  static final int PARTITION = 28;
  static final int RECORD_MILLIS = 36;
  static final int NUMBERS_PRESENT = 44;
  static final int ROW_HASH = 52;
  static final int DUPLICATE_KEY = 60;
  static final int NUMBERS = 68;

  /** The length of a text that is null. */
  static final int NULL_TEXT = 0xFFFF;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.LITTLE_ENDIAN);

  private PackedRow() {}

  static long getLong(byte[] bytes, int at) {
    return (long) LONGS.get(bytes, at);
  }

  static void putLong(byte[] bytes, int at, long value) {
    LONGS.set(bytes, at, value);
  }

  static int getInt(byte[] bytes, int at) {
    return (int) INTS.get(bytes, at);
  }

  static void putInt(byte[] bytes, int at, int value) {
    INTS.set(bytes, at, value);
  }

  static int getLength(byte[] bytes, int at) {
    return (short) SHORTS.get(bytes, at) & 0xFFFF;
  }

  static void putLength(byte[] bytes, int at, int value) {
    SHORTS.set(bytes, at, (short) value);
  }
}
