package dev.weir.serving.gzip;

/**
 * The CRC-32 of two texts, one after the other, from those of each: polynomials over GF(2) modulo
 * the CRC's own (RFC 1952), lowest degree in the highest bit.
 */
final class JoinedCrc {
  private static final int POLYNOMIAL = 0xEDB88320;
  private static final int ONE = 1 << 31;

  /** x to the power of 8, what a byte moves by. */
  private static final int BYTE = 1 << 23;

  private JoinedCrc() {}

  /**
   * The checksum of both.
   *
   * @param first checksum of the first text
   * @param second checksum of the second
   * @param length bytes of the second
   */
  static int of(int first, int second, long length) {
    return times(first, power(length)) ^ second;
  }

  /** What zeros of this length multiply a checksum by. */
  private static int power(long bytes) {
    int power = ONE;
    int square = BYTE;
    for (long left = bytes; left > 0; left >>>= 1) {
      if ((left & 1) != 0) {
        power = times(power, square);
      }
      square = times(square, square);
    }
    return power;
  }

  private static int times(int one, int other) {
    int product = 0;
    int multiple = other;
    for (int left = one; left != 0; left <<= 1) {
      if (left < 0) {
        product ^= multiple;
      }
      multiple = (multiple & 1) == 0 ? multiple >>> 1 : (multiple >>> 1) ^ POLYNOMIAL;
    }
    return product;
  }
}
