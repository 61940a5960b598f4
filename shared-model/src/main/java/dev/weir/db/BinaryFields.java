package dev.weir.db;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;

/**
 * Reads a piece of COPY's binary format (PostgreSQL's documentation of COPY, "Binary Format") from
 * its start, field by field, in the types that are asked for. Whatever does not fit them is an
 * {@link IllegalArgumentException}.
 */
public final class BinaryFields {
  private static final int SIGNATURE_BYTES = 11;
  private static final int NULL = -1;

  // numeric_send: digits to the base of 10,000, the highest first, of this sign.
  private static final int POSITIVE = 0;
  private static final int NEGATIVE = 0x4000;
  private static final int BASE = 10_000;

  /** So many digits fit a long. */
  private static final int SHORT_NUMBER = 4;

  private final byte[] bytes;
  private int at;
  private long high;
  private long low;
  private int size;

  /**
   * @param bytes whole rows, from the first field of one on
   */
  public BinaryFields(byte[] bytes) {
    this.bytes = bytes;
  }

  /** Passes the header over, which stands before the first row. */
  public void skipHeader() {
    skip(SIGNATURE_BYTES + Integer.BYTES);
    skip(int32());
  }

  public boolean atEnd() {
    return at == bytes.length;
  }

  /** How many fields the next row has; -1 after the last row. */
  public int row() {
    return int16();
  }

  /** A bigint that is not null. */
  public long bigint() {
    require(int32() == Long.BYTES);
    return int64();
  }

  /** A text, or null. */
  public String text() {
    int length = int32();
    return length == NULL ? null : new String(bytes, skip(length), length, StandardCharsets.UTF_8);
  }

  /**
   * Passes a bytea over that is not null, and returns its length; it ends at {@link #position()}.
   */
  int bytea() {
    int length = int32();
    skip(length);
    return length;
  }

  /** The piece itself. */
  byte[] bytes() {
    return bytes;
  }

  /** Where the next field starts. */
  int position() {
    return at;
  }

  /**
   * Reads a numeric that is a whole number of 128 bits: {@link #high()} and {@link #low()}.
   *
   * @throws ArithmeticException if it needs more bits
   */
  void numeric() {
    int end = int32() + at;
    int digits = int16();
    int weight = int16();
    int sign = int16() & 0xFFFF;
    int16(); // How many decimal places to show.
    require((sign == POSITIVE || sign == NEGATIVE) && digits <= weight + 1);
    if (weight < SHORT_NUMBER) {
      long magnitude = magnitude(digits, weight);
      low = sign == NEGATIVE ? -magnitude : magnitude;
      high = low >> (Long.SIZE - 1);
    } else {
      BigInteger magnitude = longMagnitude(digits, weight);
      BigInteger number = sign == NEGATIVE ? magnitude.negate() : magnitude;
      if (number.bitLength() >= 2 * Long.SIZE) {
        throw new ArithmeticException("the sum " + number + " does not fit 128 bits");
      }
      low = number.longValue();
      high = number.shiftRight(Long.SIZE).longValue();
    }
    require(at == end);
  }

  /** The upper 64 bits of the number last read, signed. */
  long high() {
    return high;
  }

  /** Its lower 64 bits. */
  long low() {
    return low;
  }

  private long magnitude(int digits, int weight) {
    long magnitude = 0;
    for (int i = 0; i <= weight; i++) {
      magnitude = magnitude * BASE + (i < digits ? int16() : 0);
    }
    return magnitude;
  }

  private BigInteger longMagnitude(int digits, int weight) {
    BigInteger base = BigInteger.valueOf(BASE);
    BigInteger magnitude = BigInteger.ZERO;
    for (int i = 0; i <= weight; i++) {
      magnitude = magnitude.multiply(base).add(BigInteger.valueOf(i < digits ? int16() : 0));
    }
    return magnitude;
  }

  /** Starts a composite value that is not null. */
  void composite(int fields) {
    require(int32() != NULL && int32() == fields);
  }

  /**
   * A composite's field: an int[] without nulls.
   *
   * @param values taken for it if it fits in; it may be longer
   * @return where they are, the first {@link #size()} elements
   */
  int[] ints(int[] values) {
    size = startArray();
    require(size <= bytes.length);
    int[] result = values.length < size ? new int[2 * size] : values;
    for (int i = 0; i < size; i++) {
      require(int32() == Integer.BYTES);
      result[i] = int32();
    }
    return result;
  }

  /** A composite's field: a bigint[] without nulls, as {@link #ints}. */
  long[] longs(long[] values) {
    size = startArray();
    require(size <= bytes.length);
    long[] result = values.length < size ? new long[2 * size] : values;
    for (int i = 0; i < size; i++) {
      result[i] = bigint();
    }
    return result;
  }

  /** How many elements the array last read has. */
  int size() {
    return size;
  }

  /** Passes over type, length and head of an array, and returns how many elements it has. */
  private int startArray() {
    int32(); // The composite's field names its type.
    require(int32() != NULL);
    int dimensions = int32();
    skip(2 * Integer.BYTES); // Whether there are nulls; the elements' type.
    if (dimensions == 0) {
      return 0;
    }
    require(dimensions == 1);
    int elements = int32();
    int32(); // The lowest index.
    return elements;
  }

  /** Reads a field that must be null. */
  void nullField() {
    require(int32() == NULL);
  }

  private int int16() {
    return (short) CopyBinary.SHORTS.get(bytes, skip(Short.BYTES));
  }

  private int int32() {
    return (int) CopyBinary.INTS.get(bytes, skip(Integer.BYTES));
  }

  private long int64() {
    return (long) CopyBinary.LONGS.get(bytes, skip(Long.BYTES));
  }

  private int skip(int length) {
    require(length >= 0 && length <= bytes.length - at);
    int start = at;
    at += length;
    return start;
  }

  private void require(boolean condition) {
    if (!condition) {
      throw new IllegalArgumentException(
          "a row of a cube's table is not as declared, at byte " + at + " of " + bytes.length);
    }
  }
}
