package dev.weir.speed.dedup;

import static dev.weir.speed.dedup.DedupEvents.MIDNIGHT;
import static dev.weir.speed.dedup.DedupEvents.event;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.Event;
import dev.weir.speed.Declared;
import dev.weir.speed.commit.EpochPart.SourceCounters;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // Flink's harness may throw anything when it closes
class DropDuplicatesTest {
  private static final long MINUTE = 60_000;

  @Test
  void dropsAResendInWhicheverPartitionItLands() throws Exception {
    try (KeyedDedup dedup = KeyedDedup.start(1, MIDNIGHT + 10 * MINUTE, null)) {
      assertThat(dedup.isNew(event("a", 0, 0, MIDNIGHT))).isTrue();
      assertThat(dedup.isNew(event("a", 1, 0, MIDNIGHT + MINUTE))).isFalse();
      assertThat(dedup.isNew(event("b", 1, 1, MIDNIGHT + MINUTE))).isTrue();
      assertThat(dedup.isNew(event(null, 1, 2, MIDNIGHT + MINUTE))).isTrue();
      assertThat(dedup.isNew(event(null, 1, 3, MIDNIGHT + MINUTE))).isTrue();
      dedup.snapshot(1);
      assertThat(dedup.parts()).containsExactly(new SourceCounters(0, 0, 0, 1, 0, 0));
    }
  }

  @Test
  void remembersForTheHorizonAndForgetsSoonAfter() throws Exception {
    try (KeyedDedup dedup = KeyedDedup.start(1, MIDNIGHT, null)) {
      dedup.isNew(event("old", 0, 0, MIDNIGHT));
      for (int minute = 1; minute <= 66; minute++) {
        dedup.passTime(Duration.ofMinutes(1));
        dedup.isNew(event("at" + minute, 0, minute, MIDNIGHT + minute * MINUTE));
        if (minute == 60) {
          assertThat(dedup.isNew(event("old", 1, 0, MIDNIGHT + minute * MINUTE))).isFalse();
        }
      }
      dedup.passTime(Duration.ofMinutes(10));
      dedup.isNew(event("later", 0, 70, MIDNIGHT + 76 * MINUTE));
      dedup.isNew(event("later still", 1, 70, MIDNIGHT + 76 * MINUTE));
      // Both clocks have leapt, which takes more records to be believed.
      for (int i = 0; i < 20; i++) {
        dedup.isNew(event("more" + i, 0, 80 + i, MIDNIGHT + 76 * MINUTE));
        dedup.isNew(event("yet more" + i, 1, 80 + i, MIDNIGHT + 76 * MINUTE));
      }
      // Nothing was heard for ten minutes: other partitions would get their grace to be heard.
      dedup.passTime(Duration.ofSeconds(12));
      assertThat(dedup.isNew(event("old", 0, 99, MIDNIGHT + 76 * MINUTE))).isTrue();
    }
  }

  @Test
  void findsEveryResendThroughRescalingLikeASetOfEverything() throws Exception {
    SplittableRandom random = new SplittableRandom(17);
    Set<String> naive = new HashSet<>();
    KeyedDedup dedup = KeyedDedup.start(1, MIDNIGHT, null);
    long checkpoint = 0;
    long offset = 0;
    for (int subtasks : new int[] {3, 2, 1}) {
      for (int epoch = 0; epoch < 4; epoch++) {
        for (int i = 0; i < 500; i++) {
          String id = "e" + random.nextInt(3_000);
          Event event = event(id, random.nextInt(4), offset++, dedup.nowMillis());
          assertThat(dedup.isNew(event)).as(id).isEqualTo(naive.add(id));
        }
        dedup.passTime(Duration.ofSeconds(30));
        dedup.snapshot(++checkpoint);
      }
      // What came after the checkpoint is read again by the restored job.
      for (int i = 0; i < 100; i++) {
        dedup.isNew(event("lost" + subtasks + i, 0, offset + i, dedup.nowMillis()));
      }
      dedup = dedup.restartWith(subtasks);
      for (int i = 0; i < 100; i++) {
        String id = "lost" + subtasks + i;
        assertThat(dedup.isNew(event(id, 0, offset++, dedup.nowMillis()))).isTrue();
        naive.add(id);
      }
    }
    dedup.close();
  }

  @Test
  void forgetsNothingWhileTheJobIsDown() throws Exception {
    KeyedDedup dedup = KeyedDedup.start(2, MIDNIGHT, null);
    for (int i = 0; i < 100; i++) {
      dedup.isNew(event("e" + i, i % 4, i, MIDNIGHT + i));
    }
    dedup.snapshot(1);
    dedup.passTime(Duration.ofHours(9));
    dedup = dedup.restartWith(1);
    dedup.passTime(Duration.ofMinutes(1));
    for (int i = 0; i < 100; i++) {
      assertThat(dedup.isNew(event("e" + i, i % 4, 100 + i, MIDNIGHT + MINUTE))).isFalse();
    }
    dedup.close();
  }

  @Test
  void forgetsNothingForOneAbsurdTimestamp() throws Exception {
    try (KeyedDedup dedup = KeyedDedup.start(1, MIDNIGHT + 600 * MINUTE, null)) {
      // A backlog of ten hours, with clocks gone wrong in both directions.
      dedup.isNew(event("a", 0, 0, MIDNIGHT));
      dedup.isNew(event("future", 0, 1, Long.MAX_VALUE));
      dedup.isNew(event("past", 0, 2, 0));
      dedup.isNew(event("b", 0, 3, MIDNIGHT));
      dedup.passTime(Duration.ofSeconds(30));
      dedup.isNew(event("c", 0, 4, MIDNIGHT + MINUTE));
      dedup.passTime(Duration.ofSeconds(30));
      for (String id : List.of("a", "future", "past", "b", "c")) {
        assertThat(dedup.isNew(event(id, 0, 5, MIDNIGHT + MINUTE))).as(id).isFalse();
      }
    }
  }

  @Test
  void checkpointsWriteOnlyWhatIsNew() throws Exception {
    try (KeyedDedup dedup = KeyedDedup.start(1, MIDNIGHT, null)) {
      for (int i = 0; i < 1_000; i++) {
        dedup.isNew(event("e" + i, 0, i, MIDNIGHT));
      }
      dedup.snapshot(1);
      int afterFirst = dedup.storedChunks();
      dedup.isNew(event("one more", 0, 1_000, MIDNIGHT));
      dedup.isNew(event("e5", 0, 1_001, MIDNIGHT));
      dedup.snapshot(2);
      assertThat(dedup.storedChunks()).isEqualTo(afterFirst + 1);
      dedup.snapshot(3);
      assertThat(dedup.storedChunks()).isEqualTo(afterFirst + 1);
    }
  }

  @Test
  void isKeyedEvenly() {
    KeyGroupShards shards = new KeyGroupShards(DropDuplicates.MAX_PARALLELISM);
    DuplicateShard selector = new DuplicateShard(Declared.web("topic"));
    Set<Integer> keys = new HashSet<>();
    for (int i = 0; i < 5_000; i++) {
      keys.add(selector.getKey(event("e" + i, 0, i, 0)));
    }
    assertThat(keys).hasSize(DropDuplicates.MAX_PARALLELISM);
    for (int shard = 0; shard < DropDuplicates.MAX_PARALLELISM; shard++) {
      assertThat(keys).contains(shards.keyOf(shard));
    }
  }
}
