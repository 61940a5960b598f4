package dev.weir.db;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.UUID;

/**
 * Rows in PostgreSQL's COPY binary format (documentation of COPY, "Binary Format"), one after the
 * other in a buffer that grows as needed and is used again: {@link #header}, then rows, then {@link
 * #trailer}.
 *
 * <p>A row says first how many fields it has; a field is its length and the bytes that its type's
 * receive function takes. Not thread safe.
 */
public final class CopyBinary {
  static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);
  static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);

  /** {@code PGCOPY\n\377\r\n\0}, no flags, no extension of the header. */
  private static final byte[] HEADER = {
    'P', 'G', 'C', 'O', 'P', 'Y', '\n', (byte) 0xFF, '\r', '\n', 0, 0, 0, 0, 0, 0, 0, 0, 0
  };

  private static final short END = -1;
  private static final int NULL = -1;

  /** Where PostgreSQL's timestamps begin: 2000-01-01T00:00:00Z. */
  private static final long EPOCH_MILLIS = 946_684_800_000L;

  private static final int SMALLEST_CAPACITY = 1 << 10;

  /** The longest array that every JVM allocates. */
  private static final int LARGEST_CAPACITY = Integer.MAX_VALUE - 8;

  private byte[] bytes = new byte[SMALLEST_CAPACITY];
  private int size;

  /** Begins the data of a COPY. */
  public CopyBinary header() {
    return append(HEADER, 0, HEADER.length);
  }

  /** Ends the data of a COPY. */
  public CopyBinary trailer() {
    return int16(END);
  }

  /** Begins a row of that many fields. */
  public CopyBinary row(int fields) {
    return int16((short) fields);
  }

  /** A null of any type. */
  public CopyBinary nullField() {
    return int32(NULL);
  }

  /** A field of type smallint. */
  public CopyBinary smallint(short value) {
    return int32(Short.BYTES).int16(value);
  }

  /** A field of type bigint. */
  public CopyBinary bigint(long value) {
    return int32(Long.BYTES).int64(value);
  }

  /**
   * A field of type timestamptz.
   *
   * @throws ArithmeticException if the time does not fit 64 bits of microseconds
   */
  public CopyBinary timestamp(long epochMillis) {
    return bigint(Math.multiplyExact(Math.subtractExact(epochMillis, EPOCH_MILLIS), 1000L));
  }

  /** The time that a field of type timestamptz holds. */
  public static Instant instant(long timestamp) {
    return Instant.ofEpochMilli(EPOCH_MILLIS).plus(timestamp, ChronoUnit.MICROS);
  }

  /** A field of type uuid. */
  public CopyBinary uuid(UUID value) {
    return int32(2 * Long.BYTES)
        .int64(value.getMostSignificantBits())
        .int64(value.getLeastSignificantBits());
  }

  /** A field of type text; null is a null. */
  public CopyBinary text(String value) {
    if (value == null) {
      return nullField();
    }
    int length = value.length();
    reserve(Integer.BYTES + length);
    int start = size + Integer.BYTES;
    for (int i = 0; i < length; i++) {
      char unit = value.charAt(i);
      if (unit >= 0x80) {
        return bytea(value.getBytes(StandardCharsets.UTF_8));
      }
      bytes[start + i] = (byte) unit;
    }
    int32(length);
    size += length;
    return this;
  }

  /** A field of type bytea. */
  public CopyBinary bytea(byte[] value) {
    return int32(value.length).append(value, 0, value.length);
  }

  /**
   * A field of type numeric: a whole number of 128 bits.
   *
   * @param high its upper 64 bits, signed
   * @param low its lower 64 bits, unsigned
   */
  public CopyBinary numeric(long high, long low) {
    reserve(NumericDigits.MAX_BYTES);
    size += NumericDigits.write(high, low, bytes, size);
    return this;
  }

  /** A part of a field: 16 bits. */
  CopyBinary int16(short value) {
    reserve(Short.BYTES);
    SHORTS.set(bytes, size, value);
    size += Short.BYTES;
    return this;
  }

  /** A part of a field, or its length: 32 bits. */
  CopyBinary int32(int value) {
    reserve(Integer.BYTES);
    INTS.set(bytes, size, value);
    size += Integer.BYTES;
    return this;
  }

  /** A part of a field: 64 bits. */
  CopyBinary int64(long value) {
    reserve(Long.BYTES);
    LONGS.set(bytes, size, value);
    size += Long.BYTES;
    return this;
  }

  /** Appends rows, or fields of one, that were written before. */
  public CopyBinary append(byte[] written, int from, int length) {
    reserve(length);
    System.arraycopy(written, from, bytes, size, length);
    size += length;
    return this;
  }

  private void reserve(int more) {
    if (bytes.length - size < more) {
      long needed = (long) size + more;
      if (needed > LARGEST_CAPACITY) {
        throw new IllegalStateException(
            "rows of " + needed + " bytes do not fit one buffer; it holds " + LARGEST_CAPACITY);
      }
      long doubled = Math.max(needed, 2L * bytes.length);
      bytes = Arrays.copyOf(bytes, (int) Math.min(doubled, LARGEST_CAPACITY));
    }
  }

  /** What was written, from index 0 to {@link #size}; for reading until the next call. */
  public byte[] bytes() {
    return bytes;
  }

  /** How many bytes were written since the last {@link #clear}. */
  public int size() {
    return size;
  }

  /** Forgets what was written and keeps the memory. */
  public void clear() {
    size = 0;
  }
}
