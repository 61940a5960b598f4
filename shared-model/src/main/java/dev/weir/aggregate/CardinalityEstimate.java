package dev.weir.aggregate;

import java.math.BigInteger;

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
    BigInteger denominator = sigma(histogram[0], registerBits).shiftLeft(registerBits);
    for (int rank = 1; rank < histogram.length; rank++) {
      denominator =
          denominator.add(BigInteger.valueOf(histogram[rank]).shiftLeft(FRACTION_BITS - rank));
    }
    BigInteger numerator = ALPHA.shiftLeft(2 * registerBits);
    return numerator
        .add(denominator.shiftRight(1))
        .divide(denominator)
        .min(LARGEST)
        .longValueExact();
  }

  private static BigInteger sigma(int emptyRegisters, int registerBits) {
    BigInteger power = BigInteger.valueOf(emptyRegisters).shiftLeft(FRACTION_BITS - registerBits);
    BigInteger sum = power;
    for (int weight = 0; power.signum() > 0; weight++) {
      power = power.multiply(power).shiftRight(FRACTION_BITS);
      sum = sum.add(power.shiftLeft(weight));
    }
    return sum;
  }
}
