package dev.weir.db;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.postgresql.util.ByteConverter;

/** What the driver reads from a numeric's bytes is the number. */
class NumericDigitsTest {
  private static final BigInteger LARGEST = BigInteger.TWO.pow(127).subtract(BigInteger.ONE);

  @Test
  void anyWholeNumberOf128BitsIsExact() {
    SplittableRandom random = new SplittableRandom(11);
    for (int round = 0; round < 200_000; round++) {
      int bits = random.nextInt(1, 129);
      long high = random.nextLong();
      long low = random.nextLong();
      high = bits > 64 ? high >> (128 - bits) : low >> 63;
      low = bits > 64 ? low : (low >> (64 - bits));
      check(high, low);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 4, 8, 12, 16, 20, 24, 28, 32, 36, 18, 19, 38})
  void numbersBesideThePowersOfTen(int exponent) {
    BigInteger power = BigInteger.TEN.pow(exponent);
    for (int offset = -2; offset <= 2; offset++) {
      BigInteger number = power.add(BigInteger.valueOf(offset));
      check(number);
      check(number.negate());
    }
  }

  @Test
  void theExtremes() {
    for (int offset = 0; offset < 3; offset++) {
      BigInteger by = BigInteger.valueOf(offset);
      check(LARGEST.subtract(by));
      check(LARGEST.not().add(by));
      for (int bits : new int[] {31, 32, 63, 64, 96}) {
        check(BigInteger.TWO.pow(bits).subtract(by));
        check(BigInteger.TWO.pow(bits).negate().add(by));
      }
    }
  }

  private static void check(BigInteger number) {
    check(number.shiftRight(64).longValueExact(), number.longValue());
  }

  private static void check(long high, long low) {
    byte[] field = new byte[3 + NumericDigits.MAX_BYTES];
    int size = NumericDigits.write(high, low, field, 3);
    assertThat(ByteConverter.int4(field, 3)).isEqualTo(size - Integer.BYTES);
    BigInteger number =
        BigInteger.valueOf(high).shiftLeft(64).add(new BigInteger(Long.toUnsignedString(low)));
    assertThat(new BigDecimal(ByteConverter.numeric(field, 7, size - Integer.BYTES).toString()))
        .isEqualTo(new BigDecimal(number));
  }
}
