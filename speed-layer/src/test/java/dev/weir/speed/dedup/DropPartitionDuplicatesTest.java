package dev.weir.speed.dedup;

import static dev.weir.speed.dedup.DedupEvents.MIDNIGHT;
import static dev.weir.speed.dedup.DedupEvents.event;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // Flink's harness may throw anything when it closes
class DropPartitionDuplicatesTest {
  @Test
  void dropsAResendInTheSamePartitionOnly() throws Exception {
    try (PartitionDedup dedup = PartitionDedup.start(1, MIDNIGHT)) {
      assertThat(dedup.isNew(0, event("a", 0, 0, MIDNIGHT))).isTrue();
      assertThat(dedup.isNew(0, event("a", 0, 1, MIDNIGHT))).isFalse();
      assertThat(dedup.isNew(0, event("a", 1, 0, MIDNIGHT))).isTrue();
      assertThat(dedup.isNew(0, event(null, 0, 2, MIDNIGHT))).isTrue();
      assertThat(dedup.isNew(0, event(null, 0, 3, MIDNIGHT))).isTrue();
    }
  }

  @Test
  void memoryFollowsThePartitionWhereverItIsReadNext() throws Exception {
    SplittableRandom random = new SplittableRandom(23);
    Set<List<Object>> naive = new HashSet<>();
    PartitionDedup dedup = PartitionDedup.start(1, MIDNIGHT);
    int[] reader = new int[6];
    long offset = 0;
    long checkpoint = 0;
    for (int subtasks : new int[] {3, 2, 3, 1}) {
      for (int epoch = 0; epoch < 3; epoch++) {
        for (int i = 0; i < 400; i++) {
          // The last partition is silent for a while: nobody claims what is remembered of it.
          int partition = random.nextInt(subtasks == 2 ? 5 : 6);
          String id = "e" + random.nextInt(500);
          assertThat(
                  dedup.isNew(reader[partition], event(id, partition, offset++, dedup.nowMillis())))
              .as("%s in %s", id, partition)
              .isEqualTo(naive.add(List.of(id, partition)));
        }
        dedup.passTime(Duration.ofSeconds(20));
        dedup.snapshot(++checkpoint);
      }
      dedup = dedup.restartWith(subtasks);
      for (int partition = 0; partition < reader.length; partition++) {
        reader[partition] = random.nextInt(subtasks);
      }
    }
    dedup.close();
  }

  @Test
  void forgetsAPartitionThatIsIdleForLongerThanTheHorizon() throws Exception {
    try (PartitionDedup dedup = PartitionDedup.start(1, MIDNIGHT)) {
      dedup.isNew(0, event("a", 0, 0, MIDNIGHT));
      dedup.passTime(Duration.ofMinutes(59));
      dedup.isNew(0, event("b", 1, 0, MIDNIGHT));
      dedup.snapshot(1);
      assertThat(dedup.storedChunks()).isEqualTo(2);
      dedup.passTime(Duration.ofMinutes(2));
      dedup.isNew(0, event("c", 1, 1, MIDNIGHT));
      dedup.passTime(Duration.ofSeconds(20));
      dedup.snapshot(2);
      assertThat(dedup.storedChunks()).isEqualTo(2);
      assertThat(dedup.isNew(0, event("b", 1, 2, MIDNIGHT))).isFalse();
      assertThat(dedup.isNew(0, event("a", 0, 1, MIDNIGHT))).isTrue();
    }
  }

  @Test
  void anOutageLongerThanTheHorizonForgetsNothing() throws Exception {
    try (PartitionDedup dedup = PartitionDedup.start(1, MIDNIGHT)) {
      dedup.isNew(0, event("a", 0, 0, MIDNIGHT));
      dedup.isNew(0, event("a", 1, 0, MIDNIGHT));
      dedup.passTime(Duration.ofHours(3));
      assertThat(dedup.isNew(0, event("a", 0, 1, MIDNIGHT))).isFalse();
      dedup.passTime(Duration.ofSeconds(5));
      assertThat(dedup.isNew(0, event("a", 1, 1, MIDNIGHT))).isFalse();
    }
  }

  @Test
  void givesUpWhatNobodyClaimsWithinTheHorizon() throws Exception {
    PartitionDedup dedup = PartitionDedup.start(1, MIDNIGHT);
    dedup.isNew(0, event("a", 0, 0, MIDNIGHT));
    dedup.snapshot(1);
    dedup = dedup.restartWith(2);
    dedup.snapshot(2);
    assertThat(dedup.storedChunks()).isEqualTo(1);
    dedup.passTime(Duration.ofMinutes(61));
    dedup.snapshot(3);
    assertThat(dedup.storedChunks()).isZero();
    dedup.close();
  }
}
