package dev.weir.event;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.DecimalReader.Excess;
import dev.weir.event.DecimalReader.Outcome;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DecimalReaderTest {
  private static final BigDecimal LIMIT = BigDecimal.TEN.pow(18);

  private final DecimalReader reader = new DecimalReader();

  private Outcome read(String literal, int scale, Excess excess) {
    // Surrounded by digits, which must not be read.
    byte[] bytes = ("9" + literal + "9").getBytes(StandardCharsets.US_ASCII);
    return reader.read(bytes, 1, bytes.length - 1, scale, excess);
  }

  @ParameterizedTest
  @CsvSource({
    "0, 4, READ, 0",
    "-0.0000000, 4, READ, 0",
    "0e99999999999999999999, 4, READ, 0",
    "1e3, 0, READ, 1000",
    "1.5E-2, 4, READ, 150",
    "12.3400000, 2, READ, 1234",
    "-0.0001, 4, READ, -1",
    "0.00001, 4, TOO_PRECISE, 0",
    "1e-99999999999999999999, 4, TOO_PRECISE, 0",
    "1e99999999999999999999, 4, TOO_LARGE, 0",
    "999999999999999999, 0, READ, 999999999999999999",
    "1000000000000000000, 0, TOO_LARGE, 0",
    "99999999999999.9999, 4, READ, 999999999999999999",
    "100000000000000, 4, TOO_LARGE, 0",
    "10000000000000000000000000000e-20, 0, READ, 100000000",
  })
  void readsExactlyOrSaysWhyNot(String literal, int scale, Outcome outcome, long value) {
    assertThat(read(literal, scale, Excess.REJECT)).isEqualTo(outcome);
    if (outcome == Outcome.READ) {
      assertThat(reader.value()).isEqualTo(value);
    }
  }

  @ParameterizedTest
  @CsvSource({
    "0.5, 0, 0", "1.5, 0, 2", "2.5, 0, 2", "2.50000001, 0, 3", "-2.5, 0, -2", "-3.5, 0, -4",
    "0.05, 1, 0", "0.15, 1, 2", "0.04999, 1, 0", "9.95, 1, 100", "1e-9, 4, 0", "0.049e1, 0, 0",
  })
  void roundsHalfEven(String literal, int scale, long value) {
    assertThat(read(literal, scale, Excess.ROUND_HALF_EVEN)).isEqualTo(Outcome.READ);
    assertThat(reader.value()).isEqualTo(value);
  }

  @Test
  void agreesWithBigDecimal() {
    SplittableRandom random = new SplittableRandom(17);
    for (int i = 0; i < 50_000; i++) {
      String literal = literal(random);
      int scale = random.nextInt(10);
      BigDecimal exact = new BigDecimal(literal).scaleByPowerOfTen(scale);

      assertReads(literal, scale, Excess.ROUND_HALF_EVEN, exact, RoundingMode.HALF_EVEN);
      assertReads(literal, scale, Excess.FLOOR, exact, RoundingMode.FLOOR);
      Outcome outcome = read(literal, scale, Excess.REJECT);
      boolean whole = exact.stripTrailingZeros().scale() <= 0;
      if (exact.abs().compareTo(LIMIT) >= 0) {
        assertThat(outcome).as(literal).isEqualTo(Outcome.TOO_LARGE);
      } else if (whole) {
        assertThat(outcome).as(literal).isEqualTo(Outcome.READ);
        assertThat(reader.value()).as(literal).isEqualTo(exact.longValueExact());
      } else {
        assertThat(outcome).as(literal).isEqualTo(Outcome.TOO_PRECISE);
      }
    }
  }

  private void assertReads(
      String literal, int scale, Excess excess, BigDecimal exact, RoundingMode rounding) {
    Outcome outcome = read(literal, scale, excess);
    if (exact.abs().compareTo(LIMIT) >= 0) {
      assertThat(outcome).as(literal).isEqualTo(Outcome.TOO_LARGE);
    } else {
      assertThat(outcome).as(literal).isEqualTo(Outcome.READ);
      assertThat(reader.value())
          .as(literal + " at scale " + scale)
          .isEqualTo(exact.setScale(0, rounding).longValueExact());
    }
  }

  private static String literal(SplittableRandom random) {
    StringBuilder text = new StringBuilder(random.nextBoolean() ? "-" : "");
    int whole = random.nextInt(20);
    if (whole == 0) {
      text.append('0');
    } else {
      text.append((char) ('1' + random.nextInt(9)));
      digits(text, random, whole - 1);
    }
    if (random.nextBoolean()) {
      text.append('.');
      digits(text, random, 1 + random.nextInt(12));
    }
    if (random.nextInt(3) == 0) {
      text.append(random.nextBoolean() ? 'e' : 'E');
      text.append(new String[] {"", "+", "-"}[random.nextInt(3)]).append(random.nextInt(25));
    }
    return text.toString();
  }

  /** Mostly 0, 5 and 9, where rounding has its edges. */
  private static void digits(StringBuilder text, SplittableRandom random, int count) {
    for (int i = 0; i < count; i++) {
      text.append(
          random.nextBoolean()
              ? "059".charAt(random.nextInt(3))
              : (char) ('0' + random.nextInt(10)));
    }
  }
}
