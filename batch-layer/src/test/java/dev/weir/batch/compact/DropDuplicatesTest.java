package dev.weir.batch.compact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.archive.ArchivedEvent;
import dev.weir.batch.SampleEvents;
import dev.weir.batch.read.BucketRows;
import dev.weir.batch.read.PackedRows;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class DropDuplicatesTest {
  private static final long HOUR = 1_772_366_400_000_000L;

  @Test
  void keepsTheEarliestByCommitThenPartitionThenOffset() {
    assertThat(dropped(row("a", 2, 0, 1), row("a", 1, 3, 9), row("a", 1, 3, 8), row("a", 1, 2, 99)))
        .containsExactly(0, 1, 2);
  }

  @Test
  void tellsIdsApartWhoseKeysAreEqual() {
    assertThat(
            dropped(row("aa", 1, 0, 1), row("bb", 1, 0, 2), row("aa", 1, 0, 3), row("", 1, 0, 4)))
        .containsExactly(2);
  }

  @Test
  void keepsTheEarliestOfEachAmongManyRows() {
    SplittableRandom random = new SplittableRandom(5);
    List<ArchivedEvent> events = new ArrayList<>();
    Map<String, Integer> earliest = new HashMap<>();
    for (int i = 0; i < 40_000; i++) {
      int number = random.nextInt(35_000);
      String id = number + "x".repeat(number % 150);
      long commit = random.nextLong(1, 1_000);
      if (number % 7 == 0) {
        events.add(row(null, commit, 0, i));
        earliest.put("no id " + i, i);
        continue;
      }
      events.add(row(id, commit, 0, i));
      earliest.merge(
          id,
          i,
          (one, other) -> events.get(other).commit() < events.get(one).commit() ? other : one);
    }
    BitSet expected = new BitSet();
    expected.set(0, events.size());
    earliest.values().forEach(expected::clear);

    assertThat(DropDuplicates.among(PackedRows.bucket(SampleEvents.pipeline(), events)))
        .isEqualTo(expected);
  }

  @Test
  void neverDropsEventsWithoutAnId() {
    assertThat(dropped(row(null, 1, 0, 1), row(null, 1, 0, 1), row(null, 2, 0, 1))).isEmpty();
  }

  @Test
  void theSameIdOfAnotherSourceIsAnotherEvent() {
    ArchivedEvent clicks = row("a", 1, 0, 1);
    ArchivedEvent orders = new ArchivedEvent(clicks.event(), "orders", 1, 5);

    assertThat(dropped(clicks, orders)).isEmpty();
  }

  private static List<Integer> dropped(ArchivedEvent... events) {
    BucketRows rows = PackedRows.bucket(SampleEvents.pipeline(), List.of(events));
    return DropDuplicates.among(rows).stream().boxed().toList();
  }

  private static ArchivedEvent row(String id, long commit, int partition, long offset) {
    return SampleEvents.archived(SampleEvents.event(id, HOUR, partition, offset), commit);
  }
}
