package dev.weir.archive;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.event.Event;
import dev.weir.event.RandomEvents;
import dev.weir.pipeline.Pipeline;
import dev.weir.pipeline.PipelineReader;
import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class SchemaEvolutionTest {

  @Test
  void newColumnsAreNullAndTheHashStays() throws IOException {
    Pipeline old = pipeline("clicks", "[event_type]", 2);
    Pipeline wider = pipeline("clicks", "[route, event_type, country]", 2);
    List<Event> events = new RandomEvents(old, 1).list(200);
    List<ArchivedEvent> read = read(events, old, wider);
    EventHash written = new EventHash(ArchiveSchema.of(old));
    EventHash now = new EventHash(ArchiveSchema.of(wider));
    for (int i = 0; i < events.size(); i++) {
      ArchivedEvent archived = read.get(i);
      assertThat(archived.event().dimensions())
          .containsExactly(null, events.get(i).dimensions()[0], null);
      assertThat(archived.storedHash())
          .isEqualTo(written.of(events.get(i), "clicks"))
          .isEqualTo(now.of(archived.event(), "clicks"));
    }
  }

  @Test
  void columnsNoLongerDeclaredStillCountInTheStoredHash() throws IOException {
    Pipeline old = pipeline("clicks", "[route, event_type, country]", 2);
    Pipeline narrower = pipeline("clicks", "[event_type]", 2);
    List<Event> events = new RandomEvents(old, 2).list(200);
    List<ArchivedEvent> read = read(events, old, narrower);
    EventHash written = new EventHash(ArchiveSchema.of(old));
    for (int i = 0; i < events.size(); i++) {
      assertThat(read.get(i).event().dimensions()).containsExactly(events.get(i).dimensions()[1]);
      assertThat(read.get(i).storedHash()).isEqualTo(written.of(events.get(i), "clicks"));
    }
  }

  @Test
  void numbersTakeTheDeclaredScale() throws IOException {
    Pipeline old = pipeline("clicks", "[event_type]", 2);
    Pipeline finer = pipeline("clicks", "[event_type]", 4);
    List<Event> events = new RandomEvents(old, 3).list(200);
    List<ArchivedEvent> read = read(events, old, finer);
    for (int i = 0; i < events.size(); i++) {
      assertThat(read.get(i).event().numbers()[0]).isEqualTo(events.get(i).numbers()[0] * 100);
      assertThat(read.get(i).storedHash())
          .isEqualTo(new EventHash(ArchiveSchema.of(old)).of(events.get(i), "clicks"));
    }
  }

  @Test
  void rowsHaveTheHashOfWhatIsDeclaredNow() throws IOException {
    Pipeline old = pipeline("clicks", "[route, event_type, country]", 2);
    Pipeline now = pipeline("clicks", "[event_type]", 4);
    MemoryFile file =
        ArchiveFileTest.written(new RandomEvents(old, 5).list(200), ArchiveSchema.of(old));
    EventHash hash = new EventHash(ArchiveSchema.of(now));
    try (EventBatchReader reader = EventBatchReader.open(file, ArchiveSchema.of(now))) {
      EventBatch batch = reader.next();
      assertThat(batch.rows()).isEqualTo(200);
      for (int row = 0; row < batch.rows(); row++) {
        assertThat(batch.rowHashes()[row])
            .isEqualTo(hash.of(batch.event(row).event(), "clicks"))
            .isNotEqualTo(batch.storedHashes()[row]);
      }
    }
  }

  /** As when a file is verified: with few enough decimals it could not be read as declared. */
  @Test
  void aFileReadAsStoredHasItsHashesWhateverIsDeclared() throws IOException {
    Pipeline written = pipeline("clicks", "[route, event_type, country]", 2);
    List<Event> events = new RandomEvents(written, 6).list(200);
    MemoryFile file = ArchiveFileTest.written(events, ArchiveSchema.of(written));
    EventHash hash = new EventHash(ArchiveSchema.of(written));
    try (EventBatchReader reader = EventBatchReader.openAsStored(file)) {
      EventBatch batch = reader.next();
      assertThat(batch.rows()).isEqualTo(200);
      for (int row = 0; row < batch.rows(); row++) {
        assertThat(batch.storedHashes()[row]).isEqualTo(hash.of(events.get(row), "clicks"));
        assertThat(batch.timeMicros()[row]).isEqualTo(events.get(row).timeMicros());
      }
    }
    Pipeline coarser = pipeline("clicks", "[event_type]", 0);
    try (EventBatchReader reader = EventBatchReader.open(file, ArchiveSchema.of(coarser))) {
      assertThatThrownBy(reader::next).isInstanceOf(UndeclaredScaleException.class);
    }
  }

  @Test
  void digitsAreNeverDropped() {
    Rescale coarser = new Rescale("value", 4, 2);
    assertThat(coarser.apply(1200)).isEqualTo(12);
    assertThatThrownBy(() -> coarser.apply(1234))
        .isInstanceOf(ArithmeticException.class)
        .hasMessage(
            "number 'value' is archived with 4 decimal places; 0.1234 cannot be read with the"
                + " declared 2: declare scale 4 for it, or give the number a new name");
  }

  @Test
  void removedSourceKeepsItsName() throws IOException {
    Pipeline old = pipeline("clicks", "[event_type]", 2);
    Pipeline renamed = pipeline("taps", "[event_type]", 2);
    List<ArchivedEvent> read = read(new RandomEvents(old, 4).list(5), old, renamed);
    assertThat(read).allMatch(event -> event.sourceName().equals("clicks"));
    assertThat(read).allMatch(event -> event.event().source() == -1);
  }

  private static List<ArchivedEvent> read(List<Event> events, Pipeline written, Pipeline declared)
      throws IOException {
    MemoryFile file = ArchiveFileTest.written(events, ArchiveSchema.of(written));
    return ArchiveFileTest.readAll(ArchiveFileReader.open(file, ArchiveSchema.of(declared)));
  }

  private static Pipeline pipeline(String source, String dimensions, int scale) {
    return PipelineReader.read(
        """
        pipeline: evolving
        sources: [{name: %s, topic: clicks, format: json}]
        event:
          id: event_id
          time: timestamp
          dimensions: %s
          numbers: [{name: value, scale: %d, min: 0, max: 1000}]
        cubes:
          - {name: traffic, dimensions: [event_type], measures: [count, {value: [sum]}]}
        """
            .formatted(source, dimensions, scale));
  }
}
