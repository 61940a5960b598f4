package dev.weir.aggregate;

import java.math.BigInteger;
import java.nio.ByteBuffer;

/**
 * The number of distinct elements behind a set of HyperLogLog registers, after Otmar Ertl, "New
 * cardinality estimation algorithms for HyperLogLog sketches" (arXiv:1702.01284), algorithm 6, the
 * improved raw estimator: unbiased over the whole range without switching between formulas and
 * without tables.
 *
 * <p>With {@code C[r]} the number of registers that hold {@code r} and {@code m} registers,
 *
 * <pre>
 *   estimate = m^2 / (2 ln 2) / (m * sigma(C[0] / m) + sum over r of C[r] / 2^r)
 *   sigma(x) = x + sum over k >= 1 of x^(2^k) * 2^(k-1)
 * </pre>
 *
 * <p>The paper's correction tau for registers at their highest rank matters beyond 2^60 elements
 * only and is left out.
 *
 * <p>Every quantity is an integer in units of 2^-64, divisions round down and the result rounds to
 * the nearest, so that PostgreSQL's {@code numeric} gives the same digits.
 */
final class CardinalityEstimate {

  /** The fixed point: a quantity x is kept as the integer part of x * 2^64. */
  private static final int FRACTION_BITS = 64;

  /** 1 / (2 ln 2) * 2^64, rounded. */
  private static final BigInteger ALPHA = new BigInteger("13306513097844322492");

  private static final BigInteger LARGEST = BigInteger.valueOf(Long.MAX_VALUE);

  private CardinalityEstimate() {}

  /**
   * Estimates from a histogram of register values; never above {@link Long#MAX_VALUE}.
   *
   * @param histogram how many registers hold 0, 1, 2, ... up to the highest rank; adds up to {@code
   *     2^registerBits}
   */
  static long of(int[] histogram, int registerBits) {
    int registers = 1 << registerBits;
    if (histogram[0] == registers) {
      return 0;
    }
    Sum sum = new Sum();
    addSigma(histogram[0], registerBits, sum);
    for (int rank = 1; rank < histogram.length; rank++) {
      sum.add(histogram[rank], FRACTION_BITS - rank);
    }
    BigInteger denominator = sum.value();
    BigInteger numerator = ALPHA.shiftLeft(2 * registerBits);
    return numerator
        .add(denominator.shiftRight(1))
        .divide(denominator)
        .min(LARGEST)
        .longValueExact();
  }

  /** Adds sigma of the share of empty registers, which is less than one, times all registers. */
  private static void addSigma(int emptyRegisters, int registerBits, Sum sum) {
    long power = (long) emptyRegisters << (FRACTION_BITS - registerBits);
    sum.add(power, registerBits);
    for (int weight = 0; power != 0; weight++) {
      power = upperHalfOfSquare(power);
      sum.add(power, weight + registerBits);
    }
  }

  /** Of an unsigned number: {@code multiplyHigh} takes its highest bit for a sign. */
  private static long upperHalfOfSquare(long unsigned) {
    return Math.multiplyHigh(unsigned, unsigned) + 2 * ((unsigned >> 63) & unsigned);
  }

  /**
   * An unsigned sum of 128 bits. The largest one, where nearly all of 2^12 registers are empty, is
   * below 2^89.
   */
  private static final class Sum {
    private long high;
    private long low;

    /** Adds an unsigned number times 2^shift, where shift is less than 64. */
    void add(long unsigned, int shift) {
      long added = unsigned << shift;
      low += added;
      // The upper half is moved in two steps: by 64 bits Java does not move at all.
      high += (unsigned >>> 1 >>> (63 - shift)) + (Long.compareUnsigned(low, added) < 0 ? 1 : 0);
    }

    BigInteger value() {
      byte[] bytes = ByteBuffer.allocate(2 * Long.BYTES).putLong(high).putLong(low).array();
      return new BigInteger(1, bytes);
    }
  }
}
