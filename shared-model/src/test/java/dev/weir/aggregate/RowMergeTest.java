package dev.weir.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class RowMergeTest {
  private static final MeasureLayout LAYOUT = GeneratedEvents.LAYOUT;

  private final RowMerge merge = new RowMerge();

  @Test
  void rowsMergedByPartsEqualTheirEventsTogether() {
    SplittableRandom random = new SplittableRandom(3);
    for (int i = 0; i < 500; i++) {
      List<GeneratedEvents.Event> all = new ArrayList<>();
      MinuteAggregate merged = MinuteAggregate.empty(LAYOUT);
      int most = i % 50 == 0 ? 3_000 : 40;
      for (int row = random.nextInt(4); row >= 0; row--) {
        List<GeneratedEvents.Event> events =
            GeneratedEvents.events(random, random.nextInt(most), 1 + random.nextInt(50 * most));
        mergeRow(merged, GeneratedEvents.aggregate(events));
        all.addAll(events);
      }
      MinuteAggregate expected = GeneratedEvents.aggregate(all);
      assertThat(merged).as("case %s", i).isEqualTo(expected).hasSameHashCodeAs(expected);
      assertThat(merged.toBytes()).as("case %s", i).isEqualTo(expected.toBytes());
    }
  }

  @Test
  void oneElementMoreIsAnotherCounter() {
    for (int elements : List.of(0, 5, 300, 500, 5_000)) {
      HyperLogLog one = new HyperLogLog();
      for (int i = 0; i < elements; i++) {
        one.addHash(HyperLogLog.hash("u" + i));
      }
      HyperLogLog restored = HyperLogLog.of(one.toBytes());
      assertThat(restored).isEqualTo(one).hasSameHashCodeAs(one);
      HyperLogLog more = one.copy();
      for (int i = elements; more.equals(one); i++) {
        more.addHash(HyperLogLog.hash("u" + i));
        assertThat(more.equals(one)).isEqualTo(Arrays.equals(more.toBytes(), one.toBytes()));
      }
      assertThat(more.toBytes()).isNotEqualTo(one.toBytes());
    }
  }

  @Test
  void refusesPartsThatContradictEachOther() {
    assertRefused(() -> number(1, 2, 0, 20, 9, 11, new int[] {9, 11}, new long[] {1, 1}), "values");
    assertRefused(() -> number(2, 2, 0, 17, 9, 11, new int[] {9, 11}, new long[] {1, 1}), "sum");
    assertRefused(() -> number(2, 2, 0, 23, 9, 11, new int[] {9, 11}, new long[] {1, 1}), "sum");
    assertRefused(() -> number(2, 2, -1, 20, 9, 11, new int[] {9, 11}, new long[] {1, 1}), "sum");
    assertRefused(() -> number(2, 2, 0, 20, 11, 9, new int[] {9, 11}, new long[] {1, 1}), "sum");
    assertRefused(() -> number(2, 2, 0, 20, 9, 11, new int[] {9, 11}, new long[] {1, 2}), "bins");
    assertRefused(() -> number(2, 2, 0, 20, 9, 11, new int[] {8, 11}, new long[] {1, 1}), "bins");
    assertRefused(() -> number(2, 2, 0, 20, 9, 11, new int[] {11, 9}, new long[] {1, 1}), "bins");
    assertRefused(() -> number(2, 2, 0, 20, 9, 11, new int[] {9, 11}, new long[] {3, -1}), "bins");
    assertRefused(() -> number(2, 2, 0, 20, 9, 11, new int[0], new long[0]), "bins");
    number(2, 2, 0, 20, 9, 11, new int[] {9, 11}, new long[] {1, 1});
    merge.start(MinuteAggregate.empty(LAYOUT), 1);
    assertRefused(() -> merge.distinct(0, new byte[] {0, 1}, 0, 2), "2 bytes");
    assertRefused(() -> merge.distinct(0, new byte[] {0, 1, 99}, 0, 3), "rank 99");
  }

  private void number(
      long events, long count, long high, long low, long min, long max, int[] bins, long[] counts) {
    merge.start(MinuteAggregate.empty(LAYOUT), events);
    merge.number(0, count, high, low, min, max, bins, counts, bins.length);
  }

  private static void assertRefused(Runnable action, String message) {
    assertThatThrownBy(action::run)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  private void mergeRow(MinuteAggregate into, MinuteAggregate row) {
    merge.start(into, row.count());
    for (int i = 0; i < LAYOUT.numbers().size(); i++) {
      NumberAggregate number = row.number(i);
      if (number.count() > 0) {
        LogLinearBins bins = number.bins();
        int[] found = new int[bins == null ? 0 : bins.size() + 3];
        long[] counts = new long[found.length];
        if (bins != null) {
          bins.copyTo(found, counts);
        }
        merge.number(
            i,
            number.count(),
            number.sumHigh(),
            number.sumLow(),
            number.min(),
            number.max(),
            found,
            counts,
            bins == null ? 0 : bins.size());
      }
    }
    for (int i = 0; i < LAYOUT.distinctIdentifiers().size(); i++) {
      byte[] canonical = row.distinct(i).toBytes();
      byte[] padded = new byte[canonical.length + 10];
      System.arraycopy(canonical, 0, padded, 7, canonical.length);
      merge.distinct(i, padded, 7, canonical.length);
    }
  }
}
