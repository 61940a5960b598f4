package dev.weir.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.management.ThreadMXBean;
import dev.weir.aggregate.MeasureLayout.NumberMeasure;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.StreamCorruptedException;
import java.lang.management.ManagementFactory;
import java.math.BigInteger;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class MinuteAggregateTest {

  private static final MeasureLayout ONE_NUMBER =
      new MeasureLayout(List.of(new NumberMeasure(3, true)), List.of());
  private static final BigInteger MAX_SUM = BigInteger.ONE.shiftLeft(127).subtract(BigInteger.ONE);

  @Test
  void countsOnlyWhatIsPresent() {
    MeasureLayout layout = new MeasureLayout(List.of(new NumberMeasure(1, true)), List.of(63));
    MinuteAggregate aggregate = MinuteAggregate.empty(layout);
    long[] hashes = new long[64];
    hashes[63] = HyperLogLog.hash("somebody");
    aggregate.add(new long[] {9, 5}, 0b01, hashes, 0);
    aggregate.add(new long[] {9, 5}, 0b10, new long[0], 0);
    aggregate.add(new long[] {9, -7}, 0b11, hashes, 1L << 63);

    assertThat(aggregate.count()).isEqualTo(3);
    assertThat(aggregate.number(0).count()).isEqualTo(2);
    assertThat(aggregate.number(0).sum()).isEqualTo(-2);
    assertThat(aggregate.number(0).min()).isEqualTo(-7);
    assertThat(aggregate.number(0).max()).isEqualTo(5);
    assertThat(aggregate.number(0).bins().bins()).containsExactly(-7, 5);
    assertThat(aggregate.distinct(0).estimate()).isEqualTo(1);
  }

  @Test
  void sumsBeyond64BitsAreExact() {
    MinuteAggregate aggregate = MinuteAggregate.empty(ONE_NUMBER);
    BigInteger expected = BigInteger.ZERO;
    long[] numbers = new long[4];
    for (long value :
        new long[] {Long.MAX_VALUE, Long.MAX_VALUE, Long.MAX_VALUE, -1, Long.MIN_VALUE, 1, 0}) {
      numbers[3] = value;
      aggregate.add(numbers, 0b1000, new long[0], 0);
      expected = expected.add(BigInteger.valueOf(value));
      assertThat(aggregate.number(0).sum()).isEqualTo(expected);
      assertThat(
              BigInteger.valueOf(aggregate.number(0).sumHigh())
                  .shiftLeft(64)
                  .add(new BigInteger(Long.toUnsignedString(aggregate.number(0).sumLow()))))
          .isEqualTo(expected);
    }
  }

  @Test
  void aSumBeyond128BitsIsRefusedByName() {
    // More than 2^63 values would be needed, so the sums are put in place directly.
    long many = Long.MAX_VALUE;
    BigInteger sum = BigInteger.valueOf(many).multiply(BigInteger.valueOf(Long.MAX_VALUE));
    NumberAggregate large =
        NumberAggregate.of(many, sum, Long.MAX_VALUE, Long.MAX_VALUE, null, null);
    assertThatThrownBy(() -> large.merge(large)).isInstanceOf(ArithmeticException.class);

    assertThatThrownBy(() -> NumberAggregate.of(1, MAX_SUM.add(BigInteger.ONE), 0, 0, null, null))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageContaining("170141183460469231731687303715884105728 does not fit 128 bits");
  }

  @Test
  void aCountBeyond63BitsIsRefused() {
    NumberAggregate number =
        NumberAggregate.of(
            Long.MAX_VALUE, BigInteger.ZERO, 0, 0, new int[] {0}, new long[] {Long.MAX_VALUE});
    MinuteAggregate full =
        MinuteAggregate.of(ONE_NUMBER, Long.MAX_VALUE, List.of(number), List.of());
    MinuteAggregate copy = full.copy();

    assertThatThrownBy(() -> copy.add(new long[4], 0, new long[0], 0))
        .isInstanceOf(ArithmeticException.class);
    assertThatThrownBy(() -> full.merge(full.copy())).isInstanceOf(ArithmeticException.class);
    MinuteAggregate fullNumber = MinuteAggregate.empty(ONE_NUMBER);
    fullNumber.number(0).merge(number);
    assertThatThrownBy(() -> fullNumber.add(new long[4], 0b1000, new long[0], 0))
        .isInstanceOf(ArithmeticException.class)
        .hasMessageStartingWith("number 3 of the event: ");
  }

  @Test
  void contradictoryRestoredValuesAreRefused() {
    assertRefused(
        () -> NumberAggregate.of(-1, BigInteger.ZERO, 0, 0, null, null), "-1 is negative");
    assertRefused(
        () -> NumberAggregate.of(2, BigInteger.TEN, 1, 4, null, null), "cannot have the sum 10");
    assertRefused(
        () -> NumberAggregate.of(2, BigInteger.ONE, 4, 1, null, null), "cannot have the sum 1");
    assertRefused(
        () -> NumberAggregate.of(2, BigInteger.TWO, 1, 1, new int[] {1}, new long[] {1}),
        "the count is 2");
    assertRefused(
        () -> NumberAggregate.of(1, BigInteger.TWO, 2, 2, new int[] {1}, new long[] {1}),
        "do not match min 2");
    assertRefused(
        () -> NumberAggregate.of(1, BigInteger.ONE, 1, 1, new int[] {1}, null), "both be absent");
    assertRefused(
        () -> MinuteAggregate.of(ONE_NUMBER, 0, List.of(), List.of()),
        "0 numbers and 0 distinct counters do not fit");
    assertRefused(() -> new MeasureLayout(List.of(), List.of(1, 1)), "named twice");
    assertRefused(
        () -> new MeasureLayout(List.of(new NumberMeasure(64, true)), List.of()),
        "outside 0 to 63");
    assertRefused(
        () ->
            MinuteAggregate.empty(ONE_NUMBER).merge(MinuteAggregate.empty(GeneratedEvents.LAYOUT)),
        "cannot merge");
  }

  private static void assertRefused(Runnable action, String message) {
    assertThatThrownBy(action::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  @Test
  void damagedBytesAreRefused() {
    // Count 2, two values from 1 to 3, sum 4, bins that hold three values.
    byte[] threeInBins = {2, 2, 2, 2, 8, 2, 2, 1, 1, 2};
    assertThatThrownBy(() -> read(threeInBins))
        .isInstanceOf(StreamCorruptedException.class)
        .hasMessage("an aggregate's bins hold 3 values, its count is 2");
    byte[] binOutside = {2, 2, 2, 2, 8, 1, (byte) 0xFF, (byte) 0xFF, 1, 2};
    assertThatThrownBy(() -> read(binOutside)).isInstanceOf(StreamCorruptedException.class);
    byte[] tooManyBins = {2, 2, 2, 2, 8, (byte) 0xFF, (byte) 0xFF, 1};
    assertThatThrownBy(() -> read(tooManyBins)).isInstanceOf(StreamCorruptedException.class);
    byte[] endless = new byte[40];
    Arrays.fill(endless, (byte) 0x80);
    assertThatThrownBy(() -> read(endless)).isInstanceOf(StreamCorruptedException.class);
  }

  @Test
  void aSingleValueTakesFewBytes() {
    MinuteAggregate aggregate = MinuteAggregate.empty(ONE_NUMBER);
    aggregate.add(new long[] {0, 0, 0, 42}, 0b1000, new long[0], 0);
    assertThat(aggregate.toBytes()).containsExactly(1, 1, 84, 0);
  }

  @Test
  void addingAllocatesNothingOnceTheSketchesHaveGrown() {
    MinuteAggregate aggregate = MinuteAggregate.empty(GeneratedEvents.LAYOUT);
    long[] numbers = new long[3];
    long[] hashes = new long[2];
    addMany(aggregate, numbers, hashes);
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    addMany(aggregate, numbers, hashes);
    long allocated = threads.getCurrentThreadAllocatedBytes() - before;

    assertThat(allocated)
        .as("bytes for 10,000 events, the measurement's own included")
        .isLessThan(10_000);
  }

  private static void addMany(MinuteAggregate aggregate, long[] numbers, long[] hashes) {
    for (int i = 0; i < 10_000; i++) {
      numbers[0] = i;
      numbers[2] = i * 1_000L;
      hashes[0] = i * 0x9E3779B97F4A7C15L;
      hashes[1] = ~hashes[0];
      aggregate.add(numbers, 0b111, hashes, 0b11);
    }
  }

  private static MinuteAggregate read(byte[] bytes) throws IOException {
    return MinuteAggregate.readFrom(
        MinuteAggregate.empty(ONE_NUMBER), new DataInputStream(new ByteArrayInputStream(bytes)));
  }
}
