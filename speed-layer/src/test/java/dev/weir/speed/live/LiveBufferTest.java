package dev.weir.speed.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.aggregate.AggregateKey;
import dev.weir.aggregate.MeasureLayout;
import dev.weir.aggregate.MinuteAggregate;
import dev.weir.speed.commit.EpochPart.SeriesDelta;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveBufferTest {
  private static final MeasureLayout COUNT_ONLY = new MeasureLayout(List.of(), List.of());

  private final LiveBuffer buffer = new LiveBuffer(3);

  private static SeriesDelta series(String name) {
    return new SeriesDelta(
        0, new AggregateKey(0, 0, new String[] {name}), MinuteAggregate.empty(COUNT_ONLY));
  }

  private List<String> take() {
    return names(buffer.take(10));
  }

  private static List<String> names(List<LiveRow> rows) {
    return rows.stream().map(r -> r.key().dimension(0) + r.base() + "." + r.seq()).toList();
  }

  @Test
  void theLatestRowOfASeriesWins() {
    buffer.offer(1, 1, List.of(series("a"), series("b")));
    buffer.offer(1, 2, List.of(series("a")));
    buffer.offer(2, 3, List.of(series("a")));
    assertThat(take()).containsExactly("a1.2", "b1.1", "a2.3");
    assertThat(take()).isEmpty();
  }

  @Test
  void aFailedRowWaitsAgainUnlessALaterOneDoes() {
    buffer.offer(1, 1, List.of(series("a"), series("b")));
    List<LiveRow> rows = buffer.take(10);
    buffer.offer(1, 2, List.of(series("b")));
    buffer.failed(rows);
    assertThat(take()).containsExactlyInAnyOrder("a1.1", "b1.2");
  }

  @Test
  void writtenRowsAreRepeatedUntilTheirEpochIsCommitted() {
    buffer.offer(1, 1, List.of(series("a")));
    buffer.offer(2, 2, List.of(series("a")));
    buffer.written(buffer.take(10));
    buffer.repeatAll();
    assertThat(take()).containsExactly("a1.1", "a2.2");
    buffer.offer(1, 3, List.of(series("a")));
    buffer.offer(2, 3, List.of(series("a")));
    List<LiveRow> rows = buffer.take(10);
    buffer.forgetBelow(2);
    buffer.written(rows);
    buffer.repeatAll();
    assertThat(take()).containsExactly("a2.3");
    buffer.offer(1, 4, List.of(series("a")));
    assertThat(take()).isEmpty();
  }

  @Test
  void aRowWrittenBeforeALaterOneCameIsNotRepeated() {
    buffer.offer(1, 1, List.of(series("a")));
    List<LiveRow> rows = buffer.take(10);
    buffer.offer(1, 2, List.of(series("a")));
    buffer.written(rows);
    buffer.repeatAll();
    assertThat(take()).containsExactly("a1.2");
  }

  @Test
  void aFullBufferForgetsWrittenRowsThenDropsNewSeries() {
    buffer.offer(1, 1, List.of(series("a")));
    buffer.written(buffer.take(10));
    assertThat(buffer.offer(1, 2, List.of(series("b"), series("c"), series("d")))).isZero();
    assertThat(buffer.offer(1, 3, List.of(series("b"), series("e")))).isEqualTo(1);
    buffer.repeatAll();
    assertThat(take()).containsExactly("b1.3", "c1.2", "d1.2");
  }
}
