package dev.weir.speed.dedup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.fail;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class FingerprintSetsTest {
  @Test
  void remembersWhatAMapRemembersWhileItSplits() {
    SplittableRandom random = new SplittableRandom(29);
    FingerprintSets sets = new FingerprintSets();
    Map<Long, Integer> naive = new HashMap<>();
    for (int i = 0; i < 1_300_000; i++) {
      int slice = i / 100_000;
      int oldest = Math.max(0, slice - 13);
      long high = random.nextLong(5_000_000) * 0x9E3779B97F4A7C15L;
      Integer there = naive.get(high);
      boolean isNew = there == null || there < oldest;
      if (isNew) {
        naive.put(high, slice);
      }
      if (sets.add(high, high * 31, slice, oldest) != isNew) {
        fail("wrong at event " + i);
      }
    }
    assertThat(naive.size()).isGreaterThan(1 << 20);
  }

  /**
   * Of a horizon of 16 slices the 17th is not yet forgotten; a checkpoint comes 20 times a slice.
   */
  @Test
  void anEventOfTheHorizonTakesLessThan40Bytes() {
    int eventsPerSlice = 150_000;
    int checkpoint = eventsPerSlice / 20;
    SplittableRandom random = new SplittableRandom(31);
    DuplicateHorizon horizon = new DuplicateHorizon(Duration.ofHours(1));
    DuplicateMemory memory = new DuplicateMemory(horizon);
    long most = 0;
    for (int i = 0; i < 36 * eventsPerSlice; i++) {
      long timeMillis = (long) ((double) i / eventsPerSlice * horizon.sliceMillis());
      var unused = memory.remember(random.nextLong(), random.nextLong(), timeMillis);
      if (i % checkpoint == 0) {
        memory.forgetBefore(timeMillis);
        var unusedChunks = memory.takeFresh(i);
        var unusedIds = memory.takeExpired();
        if (i > 17 * eventsPerSlice) {
          most = Math.max(most, memory.bytes());
        }
      }
    }
    assertThat(most / (16.0 * eventsPerSlice)).isBetween(30.0, 40.0);
  }
}
