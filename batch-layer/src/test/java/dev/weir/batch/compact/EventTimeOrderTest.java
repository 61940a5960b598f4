package dev.weir.batch.compact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.archive.ArchivedEvent;
import dev.weir.batch.SampleEvents;
import dev.weir.batch.read.PackedRows;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class EventTimeOrderTest {
  private static final long HOUR = 1_772_366_400_000_000L;

  @Test
  void ordersByTimeThenByArrivalAndLeavesOutTheDropped() {
    BitSet dropped = new BitSet();
    dropped.set(2);
    int[] order =
        EventTimeOrder.of(
            PackedRows.bucket(
                SampleEvents.pipeline(),
                List.of(
                    row(3_599_999_999L, 1, 0),
                    row(5, 2, 7),
                    row(1, 1, 1),
                    row(5, 1, 8),
                    row(0, 9, 2),
                    row(5, 1, 6))),
            dropped);

    assertThat(order).containsExactly(4, 5, 3, 1, 0);
  }

  @Test
  void ordersManyRowsOfOneInstantByArrivalToo() {
    List<ArchivedEvent> events =
        IntStream.range(0, 100).mapToObj(i -> row(7, 1, 37 * i % 100)).toList();

    int[] order =
        EventTimeOrder.of(PackedRows.bucket(SampleEvents.pipeline(), events), new BitSet());

    assertThat(Arrays.stream(order).mapToObj(i -> events.get(i).event().offset()))
        .isSorted()
        .hasSize(100);
  }

  @Test
  void ordersManyRows() {
    SplittableRandom random = new SplittableRandom(9);
    List<ArchivedEvent> events =
        IntStream.range(0, 40_000)
            .mapToObj(i -> row(i % 3 == 0 ? i / 100 : random.nextLong(3_600_000_000L), 1, i))
            .toList();
    BitSet dropped = new BitSet();
    dropped.set(17, 30);

    int[] order = EventTimeOrder.of(PackedRows.bucket(SampleEvents.pipeline(), events), dropped);

    int[] expected =
        IntStream.range(0, events.size())
            .filter(i -> !dropped.get(i))
            .boxed()
            .sorted(Comparator.comparingLong(i -> events.get(i).event().timeMicros()))
            .mapToInt(Integer::intValue)
            .toArray();
    assertThat(order).isEqualTo(expected);
  }

  private static ArchivedEvent row(long micros, long commit, long offset) {
    return SampleEvents.archived(SampleEvents.event("x", HOUR + micros, 0, offset), commit);
  }
}
