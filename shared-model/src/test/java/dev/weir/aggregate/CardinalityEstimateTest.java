package dev.weir.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CardinalityEstimateTest {
  private static final int BITS = HyperLogLog.REGISTER_BITS;

  @Test
  void equalsTheFormulaInWholeNumbersOfAnySize() {
    SplittableRandom random = new SplittableRandom(11);
    for (int taken = 0; taken <= HyperLogLog.REGISTERS; taken += 1 + random.nextInt(40)) {
      assertEqualsFormula(histogram(taken, random));
    }
    assertEqualsFormula(histogram(1, random));
    assertEqualsFormula(histogram(HyperLogLog.REGISTERS, random));
  }

  @Test
  void registersAllAtOneRankAreEstimatedLikewise() {
    for (int rank = 0; rank <= HyperLogLog.MAX_RANK; rank++) {
      int[] histogram = new int[HyperLogLog.MAX_RANK + 1];
      histogram[rank] = HyperLogLog.REGISTERS;
      assertEqualsFormula(histogram);
    }
  }

  private static int[] histogram(int taken, SplittableRandom random) {
    int[] histogram = new int[HyperLogLog.MAX_RANK + 1];
    histogram[0] = HyperLogLog.REGISTERS - taken;
    for (int i = 0; i < taken; i++) {
      histogram[1 + random.nextInt(1 + random.nextInt(HyperLogLog.MAX_RANK))]++;
    }
    return histogram;
  }

  private static void assertEqualsFormula(int[] histogram) {
    assertThat(CardinalityEstimate.of(histogram, BITS)).isEqualTo(formula(histogram));
  }

  /** The class's own formula, with no bound on any number. */
  private static long formula(int[] histogram) {
    BigInteger power = BigInteger.valueOf(histogram[0]).shiftLeft(64 - BITS);
    if (histogram[0] == HyperLogLog.REGISTERS) {
      return 0;
    }
    BigInteger sigma = power;
    for (int weight = 0; power.signum() > 0; weight++) {
      power = power.multiply(power).shiftRight(64);
      sigma = sigma.add(power.shiftLeft(weight));
    }
    BigInteger denominator = sigma.shiftLeft(BITS);
    for (int rank = 1; rank < histogram.length; rank++) {
      denominator = denominator.add(BigInteger.valueOf(histogram[rank]).shiftLeft(64 - rank));
    }
    BigInteger numerator = new BigInteger("13306513097844322492").shiftLeft(2 * BITS);
    return numerator
        .add(denominator.shiftRight(1))
        .divide(denominator)
        .min(BigInteger.valueOf(Long.MAX_VALUE))
        .longValueExact();
  }
}
