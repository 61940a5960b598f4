package dev.weir.speed.combine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.aggregate.AggregateKey;
import dev.weir.aggregate.MinuteAggregate;
import dev.weir.event.Event;
import dev.weir.event.RandomEvents;
import dev.weir.speed.Declared;
import dev.weir.speed.MiniBatchOperator.Hold;
import dev.weir.speed.Oracle;
import dev.weir.speed.PipelineDeclaration;
import dev.weir.speed.commit.EpochPart;
import dev.weir.speed.commit.EpochPart.EventTimesSeen;
import dev.weir.speed.commit.EpochPart.LiveWriterStarted;
import dev.weir.speed.commit.EpochPart.SeriesDelta;
import dev.weir.speed.commit.EpochPart.SourceCounters;
import dev.weir.speed.commit.EpochPartTypeInfo;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // Flink's harness may throw anything when it closes
class CombineTest {
  private final PipelineDeclaration declaration = Declared.web("topic");
  private final EpochPartTypeInfo type = EpochPartTypeInfo.of(declaration.pipeline());
  private final OutputTag<EpochPart> counts = new OutputTag<>("counts", type);
  private OneInputStreamOperatorTestHarness<Event, EpochPart> locally;
  private OneInputStreamOperatorTestHarness<EpochPart, EpochPart> perSeries;

  @BeforeEach
  void open() throws Exception {
    RecordingLive.OFFERS.clear();
    RecordingLive.COUNTS.clear();
    RecordingLive.room = Integer.MAX_VALUE;
    locally =
        new OneInputStreamOperatorTestHarness<>(new CombineLocally(declaration, counts, Hold.NOT));
    locally.setup(type.createSerializer(null));
    locally.setProcessingTime(1_000_000);
    locally.open();
    perSeries = new OneInputStreamOperatorTestHarness<>(combinePerSeries());
    perSeries.setup(type.createSerializer(null));
    perSeries.setProcessingTime(1_000_000);
    perSeries.open();
  }

  private CombinePerSeries combinePerSeries() {
    return new CombinePerSeries(
        new RecordingLive(), declaration.pipeline().cubes().size(), declaration.pipeline().live());
  }

  @AfterEach
  void close() throws Exception {
    locally.close();
    perSeries.close();
  }

  private void pass(long millis) throws Exception {
    locally.setProcessingTime(locally.getProcessingTime() + millis);
    perSeries.setProcessingTime(locally.getProcessingTime());
    move();
  }

  private void barrier(long checkpointId) throws Exception {
    locally.prepareSnapshotPreBarrier(checkpointId);
    move();
    perSeries.prepareSnapshotPreBarrier(checkpointId);
  }

  /** Over the network between the two: what is sent is serialized at once. */
  private void move() throws Exception {
    for (EpochPart part : taken(locally)) {
      perSeries.processElement(new StreamRecord<>(type.createSerializer(null).copy(part)));
    }
  }

  private static List<EpochPart> taken(OneInputStreamOperatorTestHarness<?, EpochPart> harness) {
    List<EpochPart> parts = new ArrayList<>(harness.extractOutputValues());
    harness.getOutput().clear();
    return parts;
  }

  private static Map<AggregateKey, MinuteAggregate> deltas(List<EpochPart> parts) {
    Map<AggregateKey, MinuteAggregate> deltas = new HashMap<>();
    for (EpochPart part : parts) {
      if (part instanceof SeriesDelta delta) {
        assertThat(deltas.put(delta.key(), delta.aggregate())).isNull();
      }
    }
    return deltas;
  }

  @Test
  void anEpochsDeltasAreTheOraclesWhateverTheFlushes() throws Exception {
    RandomEvents events = new RandomEvents(declaration.pipeline(), 3).duplicateShare(0);
    for (int epoch = 1; epoch <= 3; epoch++) {
      Oracle oracle = new Oracle(declaration.pipeline());
      for (int i = 0; i < 3_000; i++) {
        Event event = events.next();
        oracle.add(event);
        locally.processElement(new StreamRecord<>(event));
        if (i % 100 == 0) {
          pass(37);
        }
      }
      barrier(epoch);
      assertThat(deltas(taken(perSeries))).isEqualTo(oracle.aggregates());
    }
    assertThat(RecordingLive.OFFERS).isNotEmpty();
  }

  @Test
  void eventsThatAreAddedTogetherMakeTheSame() throws Exception {
    try (var together =
        new OneInputStreamOperatorTestHarness<>(
            new CombineLocally(declaration, counts, Hold.WITHIN_INPUT))) {
      together.setup(type.createSerializer(null));
      together.setProcessingTime(1_000_000);
      together.open();
      for (Event event : new RandomEvents(declaration.pipeline(), 5).list(1_000)) {
        locally.processElement(new StreamRecord<>(event));
        together.processElement(new StreamRecord<>(event));
      }
      locally.prepareSnapshotPreBarrier(1);
      together.prepareSnapshotPreBarrier(1);
      assertThat(together.getSideOutput(counts).stream().map(StreamRecord::getValue))
          .isNotEmpty()
          .containsExactlyElementsOf(
              locally.getSideOutput(counts).stream().map(StreamRecord::getValue).toList());
      assertThat(deltas(taken(together))).isNotEmpty().isEqualTo(deltas(taken(locally)));
    }
  }

  @Test
  void whatIsShownIsCumulativeForTheEpochAndNeverMore() throws Exception {
    RandomEvents events = new RandomEvents(declaration.pipeline(), 4).duplicateShare(0);
    for (int epoch = 1; epoch <= 3; epoch++) {
      RecordingLive.OFFERS.clear();
      Oracle oracle = new Oracle(declaration.pipeline());
      for (int i = 0; i < 1_000; i++) {
        Event event = events.next();
        oracle.add(event);
        locally.processElement(new StreamRecord<>(event));
        pass(10);
      }
      barrier(epoch);
      Map<AggregateKey, MinuteAggregate> latest = new HashMap<>();
      for (RecordingLive.Offer offer : RecordingLive.OFFERS) {
        assertThat(offer.base()).isEqualTo(epoch - 1);
        offer.cumulative().forEach(delta -> latest.put(delta.key(), delta.aggregate()));
      }
      assertThat(latest).isEqualTo(oracle.aggregates());
      assertThat(RecordingLive.OFFERS)
          .isSortedAccordingTo((one, other) -> Long.compare(one.seq(), other.seq()));
    }
  }

  @Test
  void countsAreShownAtOnceAndSketchesSoonAfter() throws Exception {
    Event event = new RandomEvents(declaration.pipeline(), 7).next();
    for (int i = 1; i <= 3; i++) {
      locally.processElement(new StreamRecord<>(event));
      pass(100);
      pass(5);
    }
    assertThat(shown(RecordingLive.OFFERS)).containsExactly(1L);
    assertThat(shown(RecordingLive.COUNTS)).containsExactly(2L, 3L);
    pass(500);
    assertThat(shown(RecordingLive.OFFERS)).containsExactly(1L, 3L);
    locally.processElement(new StreamRecord<>(event));
    barrier(1);
    assertThat(shown(RecordingLive.OFFERS)).containsExactly(1L, 3L, 4L);
    // A new epoch begins with a row that is not there yet.
    locally.processElement(new StreamRecord<>(event));
    pass(100);
    pass(60);
    assertThat(shown(RecordingLive.OFFERS)).containsExactly(1L, 3L, 4L, 1L);
    assertThat(shown(RecordingLive.COUNTS)).containsExactly(2L, 3L);
  }

  /** What each call says of the one series of the first cube. */
  private static List<Long> shown(List<RecordingLive.Offer> offers) {
    return offers.stream().map(offer -> offer.cumulative().get(0).aggregate().count()).toList();
  }

  @Test
  void announcesItsWriterBeforeAnythingElse() throws Exception {
    barrier(1);
    List<EpochPart> parts = taken(perSeries);
    assertThat(parts).hasSize(1).first().isInstanceOf(LiveWriterStarted.class);
    barrier(2);
    assertThat(taken(perSeries)).isEmpty();
  }

  @Test
  void showsDeltasSoonAfterTheyCame() throws Exception {
    locally.processElement(new StreamRecord<>(new RandomEvents(declaration.pipeline(), 5).next()));
    pass(100);
    assertThat(RecordingLive.OFFERS).isEmpty();
    pass(15);
    assertThat(RecordingLive.OFFERS).hasSize(1);
    pass(1_000);
    assertThat(RecordingLive.OFFERS).hasSize(1);
  }

  @Test
  void manySeriesThatChangeJustBeforeABarrierAreLeftToTheCommit() throws Exception {
    RandomEvents events = new RandomEvents(declaration.pipeline(), 8).duplicateShare(0);
    Oracle oracle = new Oracle(declaration.pipeline());
    for (Event event : events.list(20_000)) {
      oracle.add(event);
      locally.processElement(new StreamRecord<>(event));
    }
    assertThat(oracle.aggregates().size()).isGreaterThan(5_000);
    barrier(1);
    assertThat(RecordingLive.OFFERS).isEmpty();
    assertThat(deltas(taken(perSeries))).isEqualTo(oracle.aggregates());
    locally.processElement(new StreamRecord<>(events.next()));
    barrier(2);
    pass(1_000);
    assertThat(RecordingLive.OFFERS).hasSize(1).first().extracting("base").isEqualTo(1L);
  }

  @Test
  void seriesWaitWhileThePreviewHasNoRoomAndAreThenShownAsTheyAre() throws Exception {
    RandomEvents events = new RandomEvents(declaration.pipeline(), 9).duplicateShare(0);
    Oracle oracle = new Oracle(declaration.pipeline());
    RecordingLive.room = 0;
    for (Event event : events.list(300)) {
      oracle.add(event);
      locally.processElement(new StreamRecord<>(event));
      pass(10);
    }
    assertThat(RecordingLive.OFFERS).isEmpty();
    RecordingLive.room = 7;
    Map<AggregateKey, MinuteAggregate> shown = new HashMap<>();
    for (int i = 0; i < oracle.aggregates().size(); i++) {
      int before = RecordingLive.OFFERS.size();
      pass(60);
      assertThat(RecordingLive.OFFERS.size()).isBetween(before, before + 2);
      for (RecordingLive.Offer offer :
          RecordingLive.OFFERS.subList(before, RecordingLive.OFFERS.size())) {
        assertThat(offer.cumulative())
            .hasSizeLessThanOrEqualTo(7 * declaration.pipeline().cubes().size())
            .allSatisfy(delta -> assertThat(shown.put(delta.key(), delta.aggregate())).isNull());
      }
    }
    assertThat(RecordingLive.COUNTS).isEmpty();
    assertThat(shown).isEqualTo(oracle.aggregates());
  }

  @Test
  void sketchesWaitWhileThePreviewHasNoRoom() throws Exception {
    Event event = new RandomEvents(declaration.pipeline(), 7).next();
    for (int i = 1; i <= 2; i++) {
      locally.processElement(new StreamRecord<>(event));
      pass(100);
      pass(5);
    }
    assertThat(shown(RecordingLive.COUNTS)).containsExactly(2L);
    RecordingLive.room = 0;
    pass(2_000);
    assertThat(shown(RecordingLive.OFFERS)).containsExactly(1L);
    barrier(1);
    assertThat(deltas(taken(perSeries))).isNotEmpty();
    assertThat(shown(RecordingLive.OFFERS)).containsExactly(1L);
    RecordingLive.room = Integer.MAX_VALUE;
    pass(2_000);
    assertThat(shown(RecordingLive.OFFERS)).containsExactly(1L);
  }

  @Test
  void minutesThatEndedLessThanTwoMinutesAgoAreNoBacklog() throws Exception {
    Event event = new RandomEvents(declaration.pipeline(), 10).next();
    perSeries.setProcessingTime(event.minuteMillis() + 179_000);
    for (int route = 0; route < 4_000; route++) {
      AggregateKey key = new AggregateKey(0, event.minuteMillis(), new String[] {"r" + route});
      perSeries.processElement(new StreamRecord<>(delta(key)));
    }
    perSeries.setProcessingTime(perSeries.getProcessingTime() + 100);
    assertThat(RecordingLive.OFFERS).hasSize(1);
    assertThat(RecordingLive.OFFERS.get(0).cumulative()).hasSize(4_000);
  }

  @Test
  void whileABacklogIsReadFewSeriesAreShown() throws Exception {
    Event event = new RandomEvents(declaration.pipeline(), 10).next();
    perSeries.setProcessingTime(event.minuteMillis() + 3_600_000);
    for (int route = 0; route < 4_000; route++) {
      AggregateKey key = new AggregateKey(0, event.minuteMillis(), new String[] {"r" + route});
      perSeries.processElement(new StreamRecord<>(delta(key)));
    }
    for (int i = 0; i < 20; i++) {
      perSeries.setProcessingTime(perSeries.getProcessingTime() + 50);
    }
    assertThat(RecordingLive.OFFERS.stream().mapToInt(offer -> offer.cumulative().size()).sum())
        .isBetween(500, 2_000);
    // Once its minutes are of late, all are shown.
    AggregateKey now = new AggregateKey(0, perSeries.getProcessingTime(), new String[] {"now"});
    perSeries.processElement(new StreamRecord<>(delta(now)));
    perSeries.setProcessingTime(perSeries.getProcessingTime() + 1_000);
    assertThat(RecordingLive.OFFERS.stream().mapToInt(offer -> offer.cumulative().size()).sum())
        .isEqualTo(4_001);
  }

  private SeriesDelta delta(AggregateKey key) {
    MinuteAggregate aggregate =
        MinuteAggregate.empty(declaration.pipeline().cubes().get(key.cube()).layout());
    aggregate.add(new long[8], 0, new long[8], 0);
    return new SeriesDelta(key.cube(), key, aggregate);
  }

  @Test
  void goesOnFromTheCheckpointItWasRestoredFrom() throws Exception {
    perSeries.prepareSnapshotPreBarrier(41);
    var state = perSeries.snapshot(41, 0);
    try (var restored = new OneInputStreamOperatorTestHarness<>(combinePerSeries())) {
      restored.setup(type.createSerializer(null));
      restored.setRestoredCheckpointId(41);
      restored.initializeState(state);
      restored.open();
      locally.processElement(
          new StreamRecord<>(new RandomEvents(declaration.pipeline(), 5).next()));
      locally.prepareSnapshotPreBarrier(42);
      for (EpochPart part : taken(locally)) {
        restored.processElement(new StreamRecord<>(part));
      }
      restored.prepareSnapshotPreBarrier(42);
      assertThat(RecordingLive.OFFERS).hasSize(1).first().extracting("base").isEqualTo(41L);
    }
  }

  @Test
  void countsEventsAndTheirTimes() throws Exception {
    RandomEvents events = new RandomEvents(declaration.pipeline(), 6);
    List<Event> all = events.list(50);
    for (Event event : all) {
      locally.processElement(new StreamRecord<>(event));
    }
    locally.prepareSnapshotPreBarrier(1);
    List<EpochPart> parts =
        locally.getSideOutput(counts).stream().map(StreamRecord::getValue).toList();
    long ofFirst = all.stream().filter(event -> event.source() == 0).count();
    assertThat(parts)
        .containsExactly(
            new SourceCounters(0, 0, ofFirst, 0, 0, 0),
            new SourceCounters(1, 0, 50 - ofFirst, 0, 0, 0),
            new EventTimesSeen(
                all.stream().mapToLong(Event::timeMicros).min().orElseThrow(),
                all.stream().mapToLong(Event::timeMicros).max().orElseThrow()));
  }
}
