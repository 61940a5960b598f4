package dev.weir.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LogLinearBinsTest {

  @Test
  void binsTileTheWholeRangeInOrder() {
    assertThat(LogLinearBins.lowerBound(LogLinearBins.MIN_BIN)).isEqualTo(Long.MIN_VALUE);
    assertThat(LogLinearBins.upperBound(LogLinearBins.MAX_BIN)).isEqualTo(Long.MAX_VALUE);
    for (int bin = LogLinearBins.MIN_BIN; bin <= LogLinearBins.MAX_BIN; bin++) {
      long lower = LogLinearBins.lowerBound(bin);
      long upper = LogLinearBins.upperBound(bin);
      long middle = LogLinearBins.representative(bin);
      assertThat(lower).as("bin %s", bin).isLessThanOrEqualTo(upper);
      assertThat(middle).as("bin %s", bin).isBetween(lower, upper);
      assertThat(LogLinearBins.binOf(lower)).isEqualTo(bin);
      assertThat(LogLinearBins.binOf(upper)).isEqualTo(bin);
      if (bin < LogLinearBins.MAX_BIN) {
        assertThat(LogLinearBins.lowerBound(bin + 1))
            .as("no gap after bin %s", bin)
            .isEqualTo(upper + 1);
      }
    }
  }

  /**
   * The error grows towards the ends of a bin, so its two ends prove the bound for every value of
   * the long range.
   */
  @Test
  void theRelativeErrorIsAtMostOnePartIn128() {
    for (int bin = LogLinearBins.MIN_BIN; bin <= LogLinearBins.MAX_BIN; bin++) {
      BigInteger middle = BigInteger.valueOf(LogLinearBins.representative(bin));
      for (long end : new long[] {LogLinearBins.lowerBound(bin), LogLinearBins.upperBound(bin)}) {
        BigInteger value = BigInteger.valueOf(end);
        assertThat(middle.subtract(value).abs().multiply(BigInteger.valueOf(128)))
            .as("128 * |%s - %s|", middle, value)
            .isLessThanOrEqualTo(value.abs());
      }
    }
  }

  @Test
  void binsFollowTheirDefinition() {
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 20_000; i++) {
      long value = GeneratedEvents.number(random);
      assertThat(LogLinearBins.binOf(value))
          .as("%s", value)
          .isEqualTo(NaiveAggregator.binByDefinition(value));
    }
    for (long value = -70_000; value <= 70_000; value++) {
      assertThat(LogLinearBins.binOf(value))
          .as("%s", value)
          .isEqualTo(NaiveAggregator.binByDefinition(value));
    }
  }

  @Test
  void smallMagnitudesAreExact() {
    for (long value = -127; value <= 127; value++) {
      int bin = LogLinearBins.binOf(value);
      assertThat(bin).isEqualTo((int) value);
      assertThat(LogLinearBins.representative(bin)).isEqualTo(value);
    }
  }

  @Test
  void copiedBinsAreTheCanonicalOnes() {
    SplittableRandom random = new SplittableRandom(8);
    int[] copied = new int[20_000];
    long[] counts = new long[20_000];
    for (int values : new int[] {0, 1, 2, 50, 3_000, 200_000}) {
      LogLinearBins bins = new LogLinearBins();
      for (int i = 0; i < values; i++) {
        bins.add(random.nextLong() >> random.nextInt(64));
      }
      bins.copyTo(copied, counts);
      assertThat(Arrays.copyOf(copied, bins.size())).isEqualTo(bins.bins()).isSorted();
      assertThat(Arrays.copyOf(counts, bins.size())).isEqualTo(bins.counts());
    }
  }

  /** Up to 65,535 a count stands with its bin, and what is beyond apart from it. */
  @Test
  void countsOfAnySizeAddUpInAnyOrderAndGrouping() {
    SplittableRandom random = new SplittableRandom(11);
    long[] sizes = {1, 2, 65_534, 65_535, 65_536, 131_070, 1L << 32, 1L << 56};
    for (int i = 0; i < 300; i++) {
      TreeMap<Integer, Long> naive = new TreeMap<>();
      LogLinearBins all = new LogLinearBins();
      LogLinearBins merged = new LogLinearBins();
      LogLinearBins part = new LogLinearBins();
      int adds = random.nextInt(60);
      for (int j = 0; j < adds; j++) {
        int bin = random.nextInt(-20, 20) * 185;
        long count = sizes[random.nextInt(sizes.length)];
        naive.merge(bin, count, Long::sum);
        all.add(bin, count);
        part.add(bin, count);
        if (random.nextInt(4) == 0) {
          merged.merge(part);
          part.clear();
        }
      }
      LogLinearBins more = all.copy();
      more.merge(all);
      part.merge(merged);
      int[] bins = naive.keySet().stream().mapToInt(Integer::intValue).toArray();
      long[] counts = naive.values().stream().mapToLong(Long::longValue).toArray();
      LogLinearBins restored = LogLinearBins.of(bins, counts);
      for (LogLinearBins actual : List.of(all, part, restored, all.copy())) {
        assertThat(actual.bins()).isEqualTo(bins);
        assertThat(actual.counts()).isEqualTo(counts);
        assertThat(actual.total()).isEqualTo(LongStream.of(counts).sum());
        assertThat(actual).isEqualTo(all).hasSameHashCodeAs(all);
      }
    }
  }

  @Test
  void aCountedValueTooManyForItsBinIsRefused() {
    LogLinearBins bins = LogLinearBins.of(new int[] {7}, new long[] {Long.MAX_VALUE - 1});
    bins.add(7);
    assertThat(bins.counts()).containsExactly(Long.MAX_VALUE);
    assertThatThrownBy(() -> bins.add(7)).isInstanceOf(ArithmeticException.class);
    LogLinearBins other = bins.copy();
    assertThatThrownBy(() -> bins.merge(other)).isInstanceOf(ArithmeticException.class);
    assertThat(bins.counts()).containsExactly(Long.MAX_VALUE);
    other.clear();
    assertThat(bins.counts()).containsExactly(Long.MAX_VALUE);
  }

  @Test
  void percentilesAreWithinOnePercentOfTheExactOnes() {
    SplittableRandom random = new SplittableRandom(5);
    List<BigDecimal> fractions =
        List.of("0", "0.000001", "0.01", "0.25", "0.5", "0.9", "0.95", "0.99", "0.999999", "1")
            .stream()
            .map(BigDecimal::new)
            .toList();
    for (int i = 0; i < 500; i++) {
      NaiveAggregator naive =
          GeneratedEvents.naive(GeneratedEvents.events(random, 1 + random.nextInt(400), 9));
      if (naive.values(0).isEmpty()) {
        continue;
      }
      LogLinearBins bins = naive.toAggregate().number(0).bins();
      for (BigDecimal fraction : fractions) {
        long exact = naive.percentile(0, fraction);
        BigInteger error =
            BigInteger.valueOf(bins.percentile(fraction).getAsLong())
                .subtract(BigInteger.valueOf(exact))
                .abs();
        assertThat(error.multiply(BigInteger.valueOf(100)))
            .as("p%s of case %s is %s", fraction, i, exact)
            .isLessThanOrEqualTo(BigInteger.valueOf(exact).abs());
      }
    }
  }

  @Test
  void ranksAreNearestRanks() {
    LogLinearBins bins = new LogLinearBins();
    for (long value = 1; value <= 100; value++) {
      bins.add(value);
    }
    assertThat(bins.percentile(BigDecimal.ZERO)).hasValue(1);
    assertThat(bins.percentile(new BigDecimal("0.5"))).hasValue(50);
    assertThat(bins.percentile(new BigDecimal("0.500001"))).hasValue(51);
    assertThat(bins.percentile(new BigDecimal("0.95"))).hasValue(95);
    assertThat(bins.percentile(BigDecimal.ONE)).hasValue(100);
    assertThat(new LogLinearBins().percentile(BigDecimal.ONE)).isEqualTo(OptionalLong.empty());
    assertThatThrownBy(() -> bins.percentile(new BigDecimal("1.01")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the fraction 1.01 is outside 0 to 1");
    LogLinearBins huge = LogLinearBins.of(new int[] {1, 2}, new long[] {Long.MAX_VALUE - 1, 1});
    assertThat(huge.percentile(new BigDecimal("0.999999"))).hasValue(1);
    assertThat(huge.percentile(BigDecimal.ONE)).hasValue(2);
  }

  @Test
  void onlyTheCanonicalFormIsRestored() {
    LogLinearBins bins = LogLinearBins.of(new int[] {-3712, -1, 0, 3711}, new long[] {1, 2, 3, 4});
    assertThat(bins.bins()).containsExactly(-3712, -1, 0, 3711);
    assertThat(bins.counts()).containsExactly(1, 2, 3, 4);
    assertThat(bins.total()).isEqualTo(10);
    assertThat(bins.size()).isEqualTo(4);
    assertThat(LogLinearBins.of(new int[0], new long[0]).isEmpty()).isTrue();

    assertRefused(new int[] {1}, new long[0], "1 bins, but 0 counts");
    assertRefused(new int[] {2, 1}, new long[] {1, 1}, "bin 1 follows 2");
    assertRefused(new int[] {1, 1}, new long[] {1, 1}, "bin 1 follows 1");
    assertRefused(new int[] {1}, new long[] {0}, "bin 1 has count 0");
    assertRefused(new int[] {3712}, new long[] {1}, "bin 3712 is outside");
    assertRefused(new int[] {1, 2}, new long[] {Long.MAX_VALUE, 1}, "more than 2^63 - 1");
  }

  private static void assertRefused(int[] bins, long[] counts, String message) {
    assertThatThrownBy(() -> LogLinearBins.of(bins, counts))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }
}
