package dev.weir.speed.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.aggregate.MinuteAggregate;
import dev.weir.db.SamplePipeline;
import dev.weir.event.DeadLetter;
import dev.weir.event.RawRecord;
import dev.weir.event.RejectReason;
import dev.weir.pipeline.Pipeline;
import dev.weir.speed.commit.Committable.CubeDeltas;
import dev.weir.speed.commit.Committable.SourceTotals;
import dev.weir.speed.commit.EpochPart.DeadLetterSample;
import dev.weir.speed.commit.EpochPart.OffsetsAdvanced;
import dev.weir.speed.commit.EpochPart.SeriesDelta;
import dev.weir.speed.commit.EpochPart.SourceCounters;
import dev.weir.speed.commit.StartingPoint.NextOffset;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class EpochGathererTest {
  private static final Pipeline PIPELINE = SamplePipeline.web();
  private static final UUID UUID_1 = new UUID(0, 1);

  private final EpochGatherer epoch = new EpochGatherer(PIPELINE);

  private Committable committable() {
    return epoch.toCommittable(UUID_1, Committable.NONE, 1, "job", 5);
  }

  @Test
  void theOrderOfPartsDoesNotMatter() {
    List<EpochPart> parts = new ArrayList<>(new SampleEpoch(PIPELINE, 1, 400).parts());
    parts.forEach(epoch::add);
    Committable one = committable();
    epoch.clear();
    List<EpochPart> shuffled = new ArrayList<>(new SampleEpoch(PIPELINE, 1, 400).parts());
    Collections.shuffle(shuffled, new Random(3));
    shuffled.forEach(epoch::add);
    assertThat(committable()).usingRecursiveComparison().isEqualTo(one);
  }

  @Test
  void deltasOfASeriesAreMerged() {
    new SampleEpoch(PIPELINE, 1, 400).parts().forEach(epoch::add);
    Committable once = committable();
    for (EpochPart part : new SampleEpoch(PIPELINE, 1, 400).parts()) {
      if (part instanceof SeriesDelta delta) {
        epoch.add(delta);
      }
    }
    Committable twice = committable();
    for (int cube = 0; cube < 2; cube++) {
      CubeDeltas deltas = twice.deltas().get(cube);
      assertThat(deltas.rows()).isEqualTo(once.deltas().get(cube).rows());
      assertThat(events(deltas)).isEqualTo(800);
    }
  }

  private static long events(CubeDeltas deltas) {
    int column = 1 + deltas.columns().indexOf("event_count");
    ByteBuffer rows = ByteBuffer.wrap(Decompressed.of(deltas.data()).rows().bytes());
    long events = 0;
    while (rows.hasRemaining()) {
      int fields = rows.getShort();
      for (int field = 0; field < fields; field++) {
        int length = rows.getInt();
        events += field == column ? rows.getLong(rows.position()) : 0;
        rows.position(rows.position() + Math.max(0, length));
      }
    }
    return events;
  }

  @Test
  void countersAndOffsetsAreAddedUp() {
    epoch.add(new SourceCounters(1, 10, 0, 0, 2, 1));
    epoch.add(new SourceCounters(1, 0, 4, 3, 0, 0));
    epoch.add(new OffsetsAdvanced(1, "orders", 0, 9));
    epoch.add(new OffsetsAdvanced(1, "orders", 0, 8));
    Committable committable = committable();
    assertThat(committable.sources()).containsExactly(new SourceTotals("orders", 10, 4, 3, 2, 1));
    assertThat(committable.offsets()).containsExactly(new NextOffset("orders", "orders", 0, 9));
  }

  @Test
  void contradictingCountersCloseNoEpoch() {
    epoch.add(new SourceCounters(0, 10, 4, 3, 2, 0));
    assertThatThrownBy(this::committable)
        .isInstanceOf(IllegalStateException.class)
        .hasMessageStartingWith(
            "cannot close the epoch: of source clicks came in 10 records, but 4 counted + 3"
                + " duplicate + 2 dead-lettered + 0 filtered are 9");
    assertThat(epoch.isEmpty()).isFalse();
  }

  @Test
  void nothingIsEmpty() {
    assertThat(epoch.isEmpty()).isTrue();
    epoch.add(new SourceCounters(0, 0, 0, 0, 0, 0));
    assertThat(epoch.isEmpty()).isTrue();
    epoch.add(new OffsetsAdvanced(0, "clicks", 0, 1));
    assertThat(epoch.isEmpty()).isFalse();
    epoch.clear();
    assertThat(epoch.isEmpty()).isTrue();
  }

  @Test
  void samplesAreFewShortAndStorable() {
    for (int offset = 0; offset < 100; offset++) {
      epoch.add(new DeadLetterSample(SampleEpoch.letter(0, offset / 2, "a\0b\uD800")));
    }
    byte[] large = new byte[10_000];
    epoch.add(
        new DeadLetterSample(
            new DeadLetter(
                new RawRecord(0, "clicks", 0, 0, 0, large), RejectReason.TOO_LARGE, "large")));
    List<Committable.SampledLetter> samples = committable().samples();
    assertThat(samples).hasSize(EpochGatherer.SAMPLES_PER_REASON + 1);
    assertThat(samples.get(0).detail()).isEqualTo("a\uFFFDb?");
    assertThat(samples.get(1).offset()).isEqualTo(1);
    assertThat(samples.get(EpochGatherer.SAMPLES_PER_REASON).raw())
        .hasSize(EpochGatherer.SAMPLE_BYTES);
  }

  @ParameterizedTest
  @CsvSource({
    Long.MAX_VALUE + ", 9999-12-31T23:59:59.999Z",
    Long.MIN_VALUE + ", 0001-01-01T00:00:00Z",
    "-1, 1969-12-31T23:59:59.999Z"
  })
  void anAbsurdRecordTimeIsShownAsOneThatCanBeStored(long recordMillis, Instant shown) {
    RawRecord record = new RawRecord(0, "clicks", 0, 0, recordMillis, new byte[1]);
    epoch.add(
        new DeadLetterSample(new DeadLetter(record, RejectReason.MALFORMED_JSON, "no value")));
    assertThat(committable().samples()).extracting("recordTime").containsExactly(shown);
  }

  @Test
  void aCommittableComesBackFromState() throws IOException {
    new SampleEpoch(PIPELINE, 2, 300).parts().forEach(epoch::add);
    Committable committable = committable();
    assertThat(CommittableFormat.read(CommittableFormat.write(committable)))
        .usingRecursiveComparison()
        .isEqualTo(committable);
  }

  @Test
  void aFormatOfAnotherReleaseIsNamed() throws IOException {
    byte[] bytes = CommittableFormat.write(committable());
    bytes[7] = 9;
    assertThatThrownBy(() -> CommittableFormat.read(bytes))
        .isInstanceOf(IOException.class)
        .hasMessage(
            "the state of CommitSink holds a committable of format 57454952 version 9; this release"
                + " reads versions 1 to 3: restore it with the release that wrote it");
  }

  @Test
  void theFirstDeltaIsTakenOverNotCopied() {
    List<EpochPart> parts = new SampleEpoch(PIPELINE, 1, 10).parts();
    SeriesDelta first = (SeriesDelta) parts.get(0);
    MinuteAggregate aggregate = first.aggregate();
    long before = aggregate.count();
    epoch.add(first);
    epoch.add(new SeriesDelta(first.cube(), first.key(), aggregate.copy()));
    assertThat(aggregate.count()).isEqualTo(2 * before);
  }
}
