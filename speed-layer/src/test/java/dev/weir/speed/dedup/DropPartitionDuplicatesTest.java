package dev.weir.speed.dedup;

import static dev.weir.speed.dedup.DedupEvents.MIDNIGHT;
import static dev.weir.speed.dedup.DedupEvents.event;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.event.Event;
import dev.weir.speed.Declared;
import dev.weir.speed.source.PartitionKeyGroup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // Flink's harness may throw anything when it closes
class DropPartitionDuplicatesTest {
  @Test
  void dropsAResendInTheSamePartitionOnly() throws Exception {
    try (PartitionDedup dedup = PartitionDedup.start(1, MIDNIGHT)) {
      assertThat(dedup.isNew(event("a", 0, 0, MIDNIGHT))).isTrue();
      assertThat(dedup.isNew(event("a", 0, 1, MIDNIGHT))).isFalse();
      assertThat(dedup.isNew(event("a", 1, 0, MIDNIGHT))).isTrue();
      assertThat(dedup.isNew(event(null, 0, 2, MIDNIGHT))).isTrue();
      assertThat(dedup.isNew(event(null, 0, 3, MIDNIGHT))).isTrue();
    }
  }

  @Test
  void memoryFollowsThePartitionThroughEveryRescaling() throws Exception {
    SplittableRandom random = new SplittableRandom(23);
    Set<List<Object>> naive = new HashSet<>();
    PartitionDedup dedup = PartitionDedup.start(1, MIDNIGHT);
    long offset = 0;
    long checkpoint = 0;
    for (int subtasks : new int[] {3, 2, 3, 1}) {
      for (int epoch = 0; epoch < 3; epoch++) {
        for (int i = 0; i < 400; i++) {
          // The last partition is silent for a while.
          int partition = random.nextInt(subtasks == 2 ? 5 : 6);
          String id = "e" + random.nextInt(500);
          assertThat(dedup.isNew(event(id, partition, offset++, dedup.nowMillis())))
              .as("%s in %s", id, partition)
              .isEqualTo(naive.add(List.of(id, partition)));
        }
        dedup.passTime(Duration.ofSeconds(20));
        dedup.snapshot(++checkpoint);
      }
      dedup = dedup.restartWith(subtasks);
    }
    dedup.close();
  }

  @Test
  void eventsThatAreLookedUpTogetherAreSoInTheirOrder() throws Exception {
    SplittableRandom random = new SplittableRandom(29);
    Set<List<Object>> naive = new HashSet<>();
    try (PartitionDedup dedup = PartitionDedup.inBatches(MIDNIGHT)) {
      long offset = 0;
      for (int epoch = 0; epoch < 30; epoch++) {
        List<Event> events = new ArrayList<>();
        List<Event> originals = new ArrayList<>();
        for (int i = random.nextInt(1_000); i > 0; i--) {
          int partition = random.nextInt(3);
          // Some follow their original within the batch, others long after it.
          String id = random.nextInt(20) == 0 ? null : "e" + (offset / 4 + random.nextInt(30));
          Event event = event(id, partition, offset++, MIDNIGHT);
          events.add(event);
          if (id == null || naive.add(List.of(id, partition))) {
            originals.add(event);
          }
        }
        assertThat(dedup.originals(events)).isEqualTo(originals);
      }
    }
    assertThat(naive).hasSizeGreaterThan(5_000);
  }

  @Test
  void forgetsAPartitionThatIsIdleForLongerThanTheHorizon() throws Exception {
    try (PartitionDedup dedup = PartitionDedup.start(1, MIDNIGHT)) {
      dedup.isNew(event("a", 0, 0, MIDNIGHT));
      dedup.passTime(Duration.ofMinutes(59));
      dedup.isNew(event("b", 1, 0, MIDNIGHT));
      dedup.snapshot(1);
      assertThat(dedup.storedChunks()).isEqualTo(2);
      dedup.passTime(Duration.ofMinutes(2));
      dedup.isNew(event("c", 1, 1, MIDNIGHT));
      dedup.passTime(Duration.ofSeconds(20));
      dedup.snapshot(2);
      assertThat(dedup.storedChunks()).isEqualTo(2);
      assertThat(dedup.isNew(event("b", 1, 2, MIDNIGHT))).isFalse();
      assertThat(dedup.isNew(event("a", 0, 1, MIDNIGHT))).isTrue();
    }
  }

  @Test
  void anOutageLongerThanTheHorizonForgetsNothing() throws Exception {
    try (PartitionDedup dedup = PartitionDedup.start(1, MIDNIGHT)) {
      dedup.isNew(event("a", 0, 0, MIDNIGHT));
      dedup.isNew(event("a", 1, 0, MIDNIGHT));
      dedup.passTime(Duration.ofHours(3));
      assertThat(dedup.isNew(event("a", 0, 1, MIDNIGHT))).isFalse();
      dedup.passTime(Duration.ofSeconds(5));
      assertThat(dedup.isNew(event("a", 1, 1, MIDNIGHT))).isFalse();
    }
  }

  @Test
  void aRestoredPartitionThatIsNotHeardIsForgottenOnceOthersAre() throws Exception {
    PartitionDedup dedup = PartitionDedup.start(1, MIDNIGHT);
    dedup.isNew(event("a", 0, 0, MIDNIGHT));
    dedup.snapshot(1);
    dedup = dedup.restartWith(1);
    dedup.passTime(Duration.ofMinutes(61));
    dedup.snapshot(2);
    assertThat(dedup.storedChunks()).isEqualTo(1);
    dedup.isNew(event("b", 1, 0, dedup.nowMillis()));
    dedup.passTime(Duration.ofSeconds(20));
    dedup.snapshot(3);
    assertThat(dedup.storedChunks()).isEqualTo(1);
    assertThat(dedup.isNew(event("b", 1, 1, dedup.nowMillis()))).isFalse();
    assertThat(dedup.isNew(event("a", 0, 1, dedup.nowMillis()))).isTrue();
    dedup.close();
  }

  @Test
  void checkpointsWriteOnlyWhatIsNew() throws Exception {
    try (PartitionDedup dedup = PartitionDedup.start(1, MIDNIGHT)) {
      for (int i = 0; i < 40_000; i++) {
        dedup.isNew(event("e" + i, i % 4, i, MIDNIGHT));
      }
      dedup.snapshot(1);
      int chunks = dedup.storedChunks();
      assertThat(chunks).isEqualTo(4 * 3);
      assertThat(dedup.writtenBytes()).isGreaterThan(40_000 * 16);
      dedup.complete(1);
      dedup.isNew(event("one more", 0, 40_000, MIDNIGHT));
      dedup.isNew(event("e5", 1, 40_001, MIDNIGHT));
      dedup.snapshot(2);
      assertThat(dedup.storedChunks()).isEqualTo(chunks + 1);
      assertThat(dedup.writtenBytes()).isLessThan(50_000);
      dedup.snapshot(3);
      assertThat(dedup.storedChunks()).isEqualTo(chunks + 1);
    }
  }

  @Test
  void aPartitionThatIsReadByAnotherThanItsOwnerStopsTheJob() throws Exception {
    try (PartitionDedup dedup = PartitionDedup.start(2, MIDNIGHT)) {
      Event event = event("a", 3, 0, MIDNIGHT);
      int owner =
          PartitionKeyGroup.subtask(
              PartitionKeyGroup.of(
                  Declared.web("partition").pipeline().sources().get(0), "clicks", 3),
              2);
      assertThat(dedup.isNew(owner, event)).isTrue();
      assertThatThrownBy(() -> dedup.isNew(1 - owner, event))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageStartingWith("partition 3 of clicks came to subtask " + (1 - owner));
    }
  }

  @Test
  void remembersWhatAFormerVersionsCheckpointKept() throws Exception {
    // Every subtask gets all of it; two subtasks had kept the first chunk.
    OperatorSubtaskState former =
        FormerCheckpoint.of(
            List.of(
                FormerCheckpoint.chunk("clicks", 0, 1, List.of("a", "b")),
                FormerCheckpoint.chunk("clicks", 1, 1, List.of("a")),
                FormerCheckpoint.chunk("clicks", 0, 1, List.of("a", "b"))));
    PartitionDedup dedup = PartitionDedup.start(3, MIDNIGHT, former, 1);
    long checkpoint = 1;
    for (int subtasks : new int[] {2, 1, 3}) {
      assertThat(dedup.isNew(event("a", 0, 7, MIDNIGHT))).isFalse();
      assertThat(dedup.isNew(event("b", 0, 8, MIDNIGHT))).isFalse();
      assertThat(dedup.isNew(event("a", 1, 9, MIDNIGHT))).isFalse();
      assertThat(dedup.isNew(event("b" + subtasks, 1, 10, MIDNIGHT))).isTrue();
      dedup.snapshot(++checkpoint);
      assertThat(dedup.formerChunks()).isZero();
      dedup = dedup.restartWith(subtasks);
    }
    assertThat(dedup.storedChunks()).isEqualTo(2 + 3);
    dedup.close();
  }
}
