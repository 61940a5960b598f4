package dev.weir.batch.compact;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.archive.ArchivedEvent;
import dev.weir.batch.SampleEvents;
import dev.weir.batch.read.PackedRows;
import java.util.BitSet;
import java.util.List;
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

  private static ArchivedEvent row(long micros, long commit, long offset) {
    return SampleEvents.archived(SampleEvents.event("x", HOUR + micros, 0, offset), commit);
  }
}
