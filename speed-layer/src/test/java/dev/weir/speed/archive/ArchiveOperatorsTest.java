package dev.weir.speed.archive;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.archive.ArchiveKind;
import dev.weir.event.DeadLetter;
import dev.weir.event.Event;
import dev.weir.event.RandomEvents;
import dev.weir.event.RawRecord;
import dev.weir.event.RejectReason;
import dev.weir.speed.Declared;
import dev.weir.speed.MiniBatchOperator.Hold;
import dev.weir.speed.PipelineDeclaration;
import dev.weir.speed.commit.EpochPart;
import dev.weir.speed.commit.EpochPart.DeadLetterCount;
import dev.weir.speed.commit.EpochPart.DeadLetterSample;
import dev.weir.speed.commit.EpochPart.FileWritten;
import dev.weir.speed.commit.EpochPartTypeInfo;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

@SuppressWarnings("try") // Flink's harness may throw anything when it closes
class ArchiveOperatorsTest {
  @TempDir private Path root;
  private PipelineDeclaration declaration;

  @BeforeEach
  void declare() {
    declaration = Declared.web("topic", root.toUri());
  }

  private <T> OneInputStreamOperatorTestHarness<T, EpochPart> open(
      OneInputStreamOperator<T, EpochPart> operator) throws Exception {
    OneInputStreamOperatorTestHarness<T, EpochPart> harness =
        new OneInputStreamOperatorTestHarness<>(operator);
    harness.setup(EpochPartTypeInfo.of(declaration.pipeline()).createSerializer(null));
    harness.setProcessingTime(Instant.parse("2026-05-05T23:59:59Z").toEpochMilli());
    harness.open();
    return harness;
  }

  private static List<EpochPart> taken(OneInputStreamOperatorTestHarness<?, EpochPart> harness) {
    List<EpochPart> parts = new ArrayList<>(harness.extractOutputValues());
    harness.getOutput().clear();
    return parts;
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> all = Files.walk(root)) {
      return all.filter(Files::isRegularFile).filter(p -> !p.toString().endsWith(".crc")).toList();
    }
  }

  @Test
  void anEpochsEventsAreOneCompleteFileBeforeItsBarrier() throws Exception {
    try (var harness = open(new ArchiveWriter(declaration, Hold.WITHIN_INPUT))) {
      List<Event> events = new RandomEvents(declaration.pipeline(), 1).list(500);
      for (Event event : events) {
        harness.processElement(new StreamRecord<>(event));
      }
      assertThat(taken(harness)).isEmpty();
      harness.prepareSnapshotPreBarrier(1);
      List<EpochPart> parts = taken(harness);
      assertThat(parts).hasSize(1);
      FileWritten written = (FileWritten) parts.get(0);
      assertThat(written.kind()).isEqualTo(ArchiveKind.ARRIVALS);
      assertThat(written.file().rows()).isEqualTo(500);
      assertThat(written.file().hours().stream().mapToLong(hour -> hour.rows()).sum())
          .isEqualTo(500);
      assertThat(written.file().path()).startsWith("arrivals/2026-05-05/");
      assertThat(Files.size(root.resolve(written.file().path()))).isEqualTo(written.file().bytes());

      harness.prepareSnapshotPreBarrier(2);
      assertThat(taken(harness)).isEmpty();
      assertThat(files()).hasSize(1);

      harness.processElement(new StreamRecord<>(events.get(0)));
      harness.prepareSnapshotPreBarrier(3);
      assertThat(files()).hasSize(2);
    }
  }

  @Test
  void theEndOfTheInputEndsTheFile() throws Exception {
    try (var harness = open(new ArchiveWriter(declaration, Hold.NOT))) {
      harness.processElement(
          new StreamRecord<>(new RandomEvents(declaration.pipeline(), 1).next()));
      harness.getOperator().finish();
      assertThat(taken(harness)).hasSize(1);
    }
  }

  @Test
  void aFileOfAnAttemptThatFailedIsNotListed() throws Exception {
    var harness = open(new ArchiveWriter(declaration, Hold.NOT));
    harness.processElement(new StreamRecord<>(new RandomEvents(declaration.pipeline(), 1).next()));
    harness.getOperator().close();
    assertThat(taken(harness)).isEmpty();
  }

  @Test
  void aFileIsNeverOverwritten() throws Exception {
    org.apache.flink.core.fs.Path folder = new org.apache.flink.core.fs.Path(root.toUri());
    new FlinkOutputFile(folder, "a/b.parquet", new LocalSync()).create(0).close();
    assertThatThrownBy(() -> new FlinkOutputFile(folder, "a/b.parquet", new LocalSync()).create(0))
        .isInstanceOf(IOException.class);
  }

  @Test
  void deadLettersAreAllArchivedAndCountedAndAFewAreShown() throws Exception {
    try (var harness = open(new DeadLetterWriter(declaration))) {
      byte[] large = "x".repeat(10_000).getBytes(UTF_8);
      for (int i = 0; i < 25; i++) {
        RawRecord record = new RawRecord(i % 2, "t", 0, i, 1_000, large);
        harness.processElement(
            new StreamRecord<>(new DeadLetter(record, RejectReason.BAD_TIME, "not a time")));
      }
      RawRecord record = new RawRecord(0, "t", 0, 99, 1_000, null);
      harness.processElement(
          new StreamRecord<>(new DeadLetter(record, RejectReason.BAD_NUMBER, "not a number")));
      harness.prepareSnapshotPreBarrier(1);
      List<EpochPart> parts = taken(harness);
      assertThat(parts)
          .contains(
              new DeadLetterCount(0, RejectReason.BAD_TIME, 13),
              new DeadLetterCount(1, RejectReason.BAD_TIME, 12),
              new DeadLetterCount(0, RejectReason.BAD_NUMBER, 1));
      List<DeadLetterSample> samples =
          parts.stream()
              .filter(DeadLetterSample.class::isInstance)
              .map(DeadLetterSample.class::cast)
              .toList();
      assertThat(samples).hasSize(2 * DeadLetterWriter.SAMPLES + 1);
      assertThat(samples.get(0).letter().record().value()).hasSize(4096);
      assertThat(parts)
          .filteredOn(FileWritten.class::isInstance)
          .singleElement()
          .satisfies(
              part -> {
                FileWritten written = (FileWritten) part;
                assertThat(written.kind()).isEqualTo(ArchiveKind.DEAD_LETTERS);
                assertThat(written.file().rows()).isEqualTo(26);
                assertThat(root.resolve(written.file().path())).exists();
              });
    }
  }
}
