package dev.weir.aggregate;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.io.StreamCorruptedException;

/**
 * Variable-length integers: seven bits to a byte, the lowest first, the top bit says that more
 * follow. Signed numbers are zigzag coded first, so that small magnitudes stay short.
 */
final class CompactNumbers {

  private static final int MAX_BYTES_OF_LONG = 10;
  private static final int MAX_BYTES_OF_128 = 19;

  private CompactNumbers() {}

  static void writeUnsigned(DataOutput out, long value) throws IOException {
    long rest = value;
    while ((rest & ~0x7FL) != 0) {
      out.writeByte((int) (rest & 0x7F) | 0x80);
      rest >>>= 7;
    }
    out.writeByte((int) rest);
  }

  static long readUnsigned(DataInput in) throws IOException {
    long value = 0;
    for (int i = 0; i < MAX_BYTES_OF_LONG; i++) {
      byte next = in.readByte();
      value |= (next & 0x7FL) << (7 * i);
      if (next >= 0) {
        return value;
      }
    }
    throw new StreamCorruptedException(
        "an integer of an aggregate is longer than " + MAX_BYTES_OF_LONG + " bytes");
  }

  /** Reads a number that the writer keeps within 0 to {@code limit}. */
  static int readCount(DataInput in, int limit) throws IOException {
    long value = readUnsigned(in);
    if (value < 0 || value > limit) {
      throw new StreamCorruptedException(
          "an aggregate announces " + value + " elements, at most " + limit + " exist");
    }
    return (int) value;
  }

  static void writeSigned(DataOutput out, long value) throws IOException {
    writeUnsigned(out, (value << 1) ^ (value >> 63));
  }

  static long readSigned(DataInput in) throws IOException {
    long coded = readUnsigned(in);
    return (coded >>> 1) ^ -(coded & 1);
  }

  /** Writes the signed 128-bit number {@code high * 2^64 + low}, {@code low} unsigned. */
  static void writeSigned128(DataOutput out, long high, long low) throws IOException {
    long sign = high >> 63;
    long restHigh = ((high << 1) | (low >>> 63)) ^ sign;
    long restLow = (low << 1) ^ sign;
    while (restHigh != 0) {
      out.writeByte((int) (restLow & 0x7F) | 0x80);
      restLow = (restLow >>> 7) | (restHigh << 57);
      restHigh >>>= 7;
    }
    writeUnsigned(out, restLow);
  }

  /** Reads what {@link #writeSigned128} wrote: the high and the low half. */
  static long[] readSigned128(DataInput in) throws IOException {
    long high = 0;
    long low = 0;
    for (int shift = 0; shift < MAX_BYTES_OF_128 * 7; shift += 7) {
      byte next = in.readByte();
      long bits = next & 0x7F;
      if (shift < Long.SIZE) {
        low |= bits << shift;
        high |= shift > Long.SIZE - 7 ? bits >>> (Long.SIZE - shift) : 0;
      } else {
        high |= bits << (shift - Long.SIZE);
      }
      if (next >= 0) {
        long sign = -(low & 1);
        return new long[] {(high >>> 1) ^ sign, ((low >>> 1) | (high << 63)) ^ sign};
      }
    }
    throw new StreamCorruptedException(
        "a sum of an aggregate is longer than " + MAX_BYTES_OF_128 + " bytes");
  }
}
