package dev.weir.speed.live;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.aggregate.AggregateKey;
import dev.weir.speed.live.LiveRow.Extent;
import java.util.List;
import org.junit.jupiter.api.Test;

class LiveBufferTest {
  private final LiveBuffer buffer = new LiveBuffer(2, 3);

  private static AggregateKey series(String name) {
    return new AggregateKey(0, 0, new String[] {name});
  }

  private static AggregateKey ofSecondCube(String name) {
    return new AggregateKey(1, 0, new String[] {name});
  }

  private static int offer(LiveBuffer buffer, long base, long seq, List<AggregateKey> series) {
    return offer(buffer, base, seq, Extent.WHOLE, series);
  }

  private static int offer(
      LiveBuffer buffer, long base, long seq, Extent extent, List<AggregateKey> series) {
    return buffer.offer(
        base,
        series.stream().map(key -> new LiveRow(base, seq, key, extent, new byte[0])).toList());
  }

  private List<String> take() {
    return names(buffer.take(10));
  }

  private static List<String> names(List<LiveRow> rows) {
    return rows.stream().map(r -> r.key().dimension(0) + r.base() + "." + r.seq()).toList();
  }

  @Test
  void theLatestRowOfASeriesWins() {
    offer(buffer, 1, 1, List.of(series("a"), series("b")));
    offer(buffer, 1, 2, List.of(series("a")));
    offer(buffer, 2, 3, List.of(series("a")));
    assertThat(take()).containsExactly("a1.2", "b1.1", "a2.3");
    assertThat(take()).isEmpty();
  }

  @Test
  void tellsHowManyRowsOfACubeWait() {
    offer(buffer, 1, 1, List.of(series("a"), series("b"), ofSecondCube("c")));
    assertThat(buffer.waiting(0)).isEqualTo(2);
    assertThat(buffer.waiting(1)).isEqualTo(1);
    buffer.take(10);
    assertThat(buffer.waiting(0)).isZero();
  }

  @Test
  void countsAreForgottenWithTheRowThatTheyChange() {
    offer(buffer, 1, 1, List.of(series("a")));
    offer(buffer, 1, 2, Extent.COUNTS, List.of(series("a")));
    offer(buffer, 1, 3, List.of(series("b")));
    buffer.written(buffer.take(10));
    offer(buffer, 1, 4, List.of(series("c")));
    buffer.written(buffer.take(10));
    buffer.repeatAll();
    assertThat(take()).containsExactly("b1.3", "c1.4");
  }

  @Test
  void aFailedRowWaitsAgainUnlessALaterOneDoes() {
    offer(buffer, 1, 1, List.of(series("a"), series("b")));
    List<LiveRow> rows = buffer.take(10);
    offer(buffer, 1, 2, List.of(series("b")));
    buffer.failed(rows);
    assertThat(take()).containsExactlyInAnyOrder("a1.1", "b1.2");
  }

  @Test
  void writtenRowsAreRepeatedUntilTheirEpochIsCommitted() {
    offer(buffer, 1, 1, List.of(series("a")));
    offer(buffer, 2, 2, List.of(series("a")));
    buffer.written(buffer.take(10));
    buffer.repeatAll();
    assertThat(take()).containsExactly("a1.1", "a2.2");
    offer(buffer, 1, 3, List.of(series("a")));
    offer(buffer, 2, 3, List.of(series("a")));
    List<LiveRow> rows = buffer.take(10);
    buffer.forgetBelow(2);
    buffer.written(rows);
    buffer.repeatAll();
    assertThat(take()).containsExactly("a2.3");
    offer(buffer, 1, 4, List.of(series("a")));
    assertThat(take()).isEmpty();
  }

  @Test
  void aRowWrittenBeforeALaterOneCameIsNotRepeated() {
    offer(buffer, 1, 1, List.of(series("a")));
    List<LiveRow> rows = buffer.take(10);
    offer(buffer, 1, 2, List.of(series("a")));
    buffer.written(rows);
    buffer.repeatAll();
    assertThat(take()).containsExactly("a1.2");
  }

  @Test
  void aFullBufferForgetsWrittenRowsThenDropsNewSeries() {
    offer(buffer, 1, 1, List.of(series("a")));
    buffer.written(buffer.take(10));
    assertThat(offer(buffer, 1, 2, List.of(series("b"), series("c"), series("d")))).isZero();
    assertThat(offer(buffer, 1, 3, List.of(series("b"), series("e")))).isEqualTo(1);
    buffer.repeatAll();
    assertThat(take()).containsExactly("b1.3", "c1.2", "d1.2");
  }

  @Test
  void aCubeOfFewSeriesDoesNotWaitForOneOfMany() {
    LiveBuffer large = new LiveBuffer(2, 100);
    offer(large, 1, 1, List.of(series("a"), series("b"), series("c"), series("d"), series("e")));
    offer(large, 1, 2, List.of(ofSecondCube("s")));
    assertThat(names(large.take(4))).containsExactly("s1.2", "a1.1", "b1.1", "c1.1");
    offer(large, 1, 3, List.of(ofSecondCube("s"), ofSecondCube("t"), ofSecondCube("u")));
    assertThat(names(large.take(4))).containsExactly("d1.1", "e1.1", "s1.3", "t1.3");
    assertThat(names(large.take(4))).containsExactly("u1.3");
  }

  @Test
  void aWholeRowTakesThePlaceOfTheCountsBeforeIt() {
    offer(buffer, 1, 1, List.of(series("a")));
    offer(buffer, 1, 2, Extent.COUNTS, List.of(series("a")));
    assertThat(take()).containsExactly("a1.1", "a1.2");
    offer(buffer, 1, 3, Extent.COUNTS, List.of(series("a")));
    offer(buffer, 1, 4, Extent.COUNTS, List.of(series("a")));
    offer(buffer, 1, 5, List.of(series("a")));
    assertThat(buffer.waiting()).isEqualTo(1);
    assertThat(take()).containsExactly("a1.5");
  }

  @Test
  void afterAnOutageTheWholeRowIsRepeatedAndThenItsCounts() {
    offer(buffer, 1, 1, List.of(series("a")));
    buffer.written(buffer.take(10));
    offer(buffer, 1, 2, Extent.COUNTS, List.of(series("a")));
    buffer.written(buffer.take(10));
    buffer.repeatAll();
    assertThat(take()).containsExactly("a1.1", "a1.2");
  }

  @Test
  void aWholeRowThatFailedGoesAheadOfLaterCounts() {
    offer(buffer, 1, 1, List.of(series("a")));
    List<LiveRow> whole = buffer.take(10);
    offer(buffer, 1, 2, Extent.COUNTS, List.of(series("a")));
    buffer.failed(whole);
    assertThat(take()).containsExactly("a1.1", "a1.2");
    assertThat(buffer.waiting()).isZero();
  }
}
