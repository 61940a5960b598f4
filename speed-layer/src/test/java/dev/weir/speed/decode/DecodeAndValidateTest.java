package dev.weir.speed.decode;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.DeadLetter;
import dev.weir.event.Event;
import dev.weir.event.RawRecord;
import dev.weir.event.RejectReason;
import dev.weir.speed.Declared;
import dev.weir.speed.MiniBatchOperator.Hold;
import dev.weir.speed.PipelineDeclaration;
import dev.weir.speed.commit.EpochPart;
import dev.weir.speed.commit.EpochPart.OffsetsAdvanced;
import dev.weir.speed.commit.EpochPart.SourceCounters;
import dev.weir.speed.commit.EpochPartTypeInfo;
import java.util.List;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class DecodeAndValidateTest {
  private static final String VALID =
      "{\"event_id\":\"e1\",\"timestamp\":\"2026-05-05T10:00:00Z\",\"event_type\":\"view\"}";

  private final PipelineDeclaration declaration = Declared.web("topic");
  private final OutputTag<EpochPart> parts =
      new OutputTag<>("counts", EpochPartTypeInfo.of(declaration.pipeline()));
  private OneInputStreamOperatorTestHarness<RawRecord, Event> harness;

  @BeforeEach
  void open() throws Exception {
    harness =
        new OneInputStreamOperatorTestHarness<>(
            new DecodeAndValidate(declaration, parts, Hold.NOT));
    harness.setup(new EventSerializer());
    harness.open();
  }

  @AfterEach
  void close() throws Exception {
    harness.close();
  }

  private void process(int source, int partition, long offset, String value) throws Exception {
    String topic = declaration.pipeline().sources().get(source).name();
    byte[] bytes = value == null ? null : value.getBytes(UTF_8);
    harness.processElement(
        new StreamRecord<>(new RawRecord(source, topic, partition, offset, 1_000, bytes)));
  }

  private List<EpochPart> parts() {
    return harness.getSideOutput(parts).stream().map(StreamRecord::getValue).toList();
  }

  @Test
  void separatesEventsDeadLettersAndWhatIsNoEvent() throws Exception {
    process(0, 2, 10, VALID);
    process(0, 2, 11, "{");
    process(0, 2, 12, null);
    process(1, 0, 5, VALID);
    assertThat(harness.extractOutputValues()).extracting(Event::offset).containsExactly(10L, 5L);
    DeadLetter letter = harness.getSideOutput(DecodeAndValidate.DEAD_LETTERS).poll().getValue();
    assertThat(letter.reason()).isEqualTo(RejectReason.MALFORMED_JSON);
    assertThat(letter.record().offset()).isEqualTo(11);
  }

  @Test
  void reportsCountsAndOffsetsOncePerEpoch() throws Exception {
    process(0, 2, 10, VALID);
    process(0, 2, 11, "{");
    process(0, 3, 99, null);
    process(1, 0, 5, VALID);
    harness.prepareSnapshotPreBarrier(1);
    assertThat(parts())
        .containsExactlyInAnyOrder(
            new SourceCounters(0, 3, 0, 0, 1, 1),
            new SourceCounters(1, 1, 0, 0, 0, 0),
            new OffsetsAdvanced(0, "clicks", 2, 12),
            new OffsetsAdvanced(0, "clicks", 3, 100),
            new OffsetsAdvanced(1, "orders", 0, 6));
    harness.getSideOutput(parts).clear();
    harness.prepareSnapshotPreBarrier(2);
    assertThat(parts()).isEmpty();
    process(0, 3, 100, VALID);
    harness.endInput();
    harness.getOperator().finish();
    assertThat(parts())
        .containsExactlyInAnyOrder(
            new SourceCounters(0, 1, 0, 0, 0, 0), new OffsetsAdvanced(0, "clicks", 3, 101));
  }
}
