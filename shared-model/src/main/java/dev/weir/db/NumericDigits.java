package dev.weir.db;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Whole numbers as PostgreSQL's numeric in binary (numeric_recv): number of digits, weight of the
 * first, sign and scale, then the digits to the base of 10,000, the highest first; 16 bits each.
 */
final class NumericDigits {
  private static final int MOST_DIGITS = 10; // 10,000^10 is above 2^127
  private static final int HEAD = Integer.BYTES + 4 * Short.BYTES;

  /** The longest field, its length included. */
  static final int MAX_BYTES = HEAD + MOST_DIGITS * Short.BYTES;

  private static final VarHandle SHORTS =
      MethodHandles.byteArrayViewVarHandle(short[].class, ByteOrder.BIG_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.BIG_ENDIAN);

  private static final int BASE = 10_000;
  private static final short NEGATIVE = 0x4000;
  private static final long LOWER_HALF = 0xFFFF_FFFFL;

  private NumericDigits() {}

  /**
   * Writes a field, its length first.
   *
   * @param high the number's upper 64 bits, signed
   * @param low its lower 64 bits, unsigned
   * @param target with at least {@link #MAX_BYTES} bytes from {@code at} on
   * @return how many bytes it took
   */
  static int write(long high, long low, byte[] target, int at) {
    boolean negative = high < 0;
    // The magnitude, to be read without a sign: that of -2^127 has its highest bit set.
    long upper = negative ? ~high + (low == 0 ? 1 : 0) : high;
    long lower = negative ? -low : low;
    // The lowest digit comes first: they are written from the end, then moved to their place.
    int first = at + MAX_BYTES;
    while (upper != 0 || lower < 0) {
      long a = upper >>> 32;
      long b = ((a % BASE) << 32) | (upper & LOWER_HALF);
      long c = ((b % BASE) << 32) | (lower >>> 32);
      long d = ((c % BASE) << 32) | (lower & LOWER_HALF);
      upper = ((a / BASE) << 32) | (b / BASE);
      lower = ((c / BASE) << 32) | (d / BASE);
      first -= Short.BYTES;
      SHORTS.set(target, first, (short) (d % BASE));
    }
    for (; lower != 0; lower /= BASE) {
      first -= Short.BYTES;
      SHORTS.set(target, first, (short) (lower % BASE));
    }
    int length = at + MAX_BYTES - first;
    int digits = length / Short.BYTES;
    System.arraycopy(target, first, target, at + HEAD, length);
    INTS.set(target, at, HEAD - Integer.BYTES + length);
    SHORTS.set(target, at + 4, (short) digits);
    SHORTS.set(target, at + 6, (short) Math.max(0, digits - 1));
    SHORTS.set(target, at + 8, negative ? NEGATIVE : (short) 0);
    SHORTS.set(target, at + 10, (short) 0);
    return HEAD + length;
  }
}
