package dev.weir.pipeline;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.regex.Pattern;

/** Names of percentiles: {@code p95} is the fraction 0.95, and its column ends in {@code _p95}. */
public final class Percentiles {
  private static final Pattern NAME = Pattern.compile("p([1-9][0-9]?|0)(\\.[0-9]{0,2}[1-9])?");

  private Percentiles() {}

  /**
   * The fraction a name stands for.
   *
   * @return empty unless it is {@code p} and a percentage above 0 and below 100 in its shortest
   *     form, with at most three decimals
   */
  public static Optional<BigDecimal> fraction(String name) {
    if (!NAME.matcher(name).matches() || name.equals("p0")) {
      return Optional.empty();
    }
    return Optional.of(
        new BigDecimal(name.substring(1)).scaleByPowerOfTen(-2).stripTrailingZeros());
  }

  /** The name of a fraction: {@code p99.9} for 0.999. */
  public static String name(BigDecimal fraction) {
    return "p" + fraction.scaleByPowerOfTen(2).stripTrailingZeros().toPlainString();
  }

  /** The column of a number's percentile: {@code value_p99_9}. */
  public static String column(String number, BigDecimal fraction) {
    return number + "_" + name(fraction).replace('.', '_');
  }
}
