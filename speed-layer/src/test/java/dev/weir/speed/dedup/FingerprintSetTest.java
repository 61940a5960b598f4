package dev.weir.speed.dedup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FingerprintSetTest {
  @Test
  void agreesWithAMapOfSlicesWhileSlicesExpire() {
    SplittableRandom random = new SplittableRandom(5);
    FingerprintSet set = new FingerprintSet();
    Map<List<Long>, Integer> naive = new HashMap<>();
    for (int i = 0; i < 400_000; i++) {
      int slice = i / 20_000;
      int oldest = Math.max(0, slice - 4);
      // Few enough values that they come back, both before and after they expired; the low half
      // decides the place, so some share it.
      long high = random.nextLong(50_000);
      long low = high % 1_000 == 0 ? 42 : high * 0x9E3779B97F4A7C15L;
      Integer seen = naive.get(List.of(high, low));
      boolean isNew = seen == null || seen < oldest;
      if (isNew) {
        naive.put(List.of(high, low), slice);
      }
      assertThat(set.add(high, low, slice, oldest)).as("addition %s", i).isEqualTo(isNew);
    }
  }

  @Test
  void sweepsExpiredEntriesOutInsteadOfGrowing() {
    SplittableRandom random = new SplittableRandom(6);
    FingerprintSet set = new FingerprintSet();
    for (int slice = 0; slice < 1_000; slice++) {
      for (int i = 0; i < 100; i++) {
        assertThat(set.add(random.nextLong(), random.nextLong(), slice, slice - 9)).isTrue();
      }
    }
    assertThat(set.used()).isBetween(1_000, 3_000);
  }

  @Test
  void ofAFingerprintRestoredTwiceTheLaterSliceHolds() {
    for (List<Integer> slices : List.of(List.of(10, 20), List.of(20, 10))) {
      FingerprintSet set = new FingerprintSet();
      slices.forEach(slice -> set.restore(1, 2, slice, 0));
      assertThat(set.add(1, 2, 20, 15)).as("restored as of %s", slices).isFalse();
    }
  }

  @Test
  void takesTheFingerprintThatMarksAFreePlaceLikeAnyOther() {
    FingerprintSet set = new FingerprintSet();
    assertThat(set.add(0, 0, 1, 0)).isTrue();
    assertThat(set.add(0, 0, 1, 0)).isFalse();
    assertThat(set.add(0, 0, 7, 2)).isTrue();
  }
}
