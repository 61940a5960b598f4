package dev.weir.batch.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.aggregate.HyperLogLog;
import dev.weir.archive.ArchiveFileReader;
import dev.weir.archive.ArchiveFileWriter;
import dev.weir.archive.ArchiveKind;
import dev.weir.archive.ArchiveSchema;
import dev.weir.archive.ArchivedEvent;
import dev.weir.archive.EventHash;
import dev.weir.archive.MemoryFile;
import dev.weir.batch.SampleEvents;
import dev.weir.event.Event;
import dev.weir.pipeline.Pipeline;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RowCursorTest {
  private final Pipeline pipeline = SampleEvents.pipeline();

  @Test
  void givesBackWhatWasPacked() {
    List<ArchivedEvent> events = SampleEvents.archived(600);
    BucketRows rows = PackedRows.bucket(pipeline, events);
    RowCursor cursor = new RowCursor(pipeline, rows);

    assertThat(rows.size()).isEqualTo(events.size());
    for (int row = 0; row < rows.size(); row++) {
      ArchivedEvent expected = events.get(row);
      Event event = expected.event();
      cursor.moveTo(row);
      assertThat(cursor.dictionary().text(cursor.source())).isEqualTo(expected.sourceName());
      assertThat(cursor.commit()).isEqualTo(expected.commit());
      assertThat(cursor.minuteMillis()).isEqualTo(event.minuteMillis());
      assertThat(cursor.numbersPresent()).isEqualTo(event.numbersPresent());
      for (int i = 0; i < event.dimensions().length; i++) {
        assertThat(cursor.dictionary().text(cursor.dimensions()[i]))
            .isEqualTo(event.dimensions()[i]);
      }
      for (int i = 0; i < event.identifiers().length; i++) {
        boolean present = event.identifiers()[i] != null;
        assertThat(cursor.identifiersPresent() >> i & 1).isEqualTo(present ? 1 : 0);
        if (present) {
          assertThat(cursor.identifierHashes()[i])
              .isEqualTo(HyperLogLog.hash(event.identifiers()[i]));
        }
      }
    }
  }

  @Test
  void blocksOfManyRowsArriveWhole() throws IOException {
    List<ArchivedEvent> events = SampleEvents.archived(20_000);

    List<ArchivedEvent> written = throughCursor(events);

    assertThat(written).hasSameSizeAs(events);
    for (int row = 0; row < events.size(); row++) {
      assertThat(written.get(row)).usingRecursiveComparison().isEqualTo(events.get(row));
    }
  }

  @Test
  void keepsTheNameOfASourceThatIsNoLongerDeclared() throws IOException {
    ArchivedEvent removed =
        new ArchivedEvent(SampleEvents.archived(1).get(0).event(), "removed", 3, 9);

    ArchivedEvent written = throughCursor(List.of(removed)).get(0);

    assertThat(written.sourceName()).isEqualTo("removed");
    assertThat(written.event().source()).isEqualTo(-1);
    assertThat(written.storedHash())
        .isEqualTo(new EventHash(ArchiveSchema.of(pipeline)).of(removed.event(), "removed"));
  }

  /** What a file holds that is written from the rows of a bucket, as a compaction does. */
  private List<ArchivedEvent> throughCursor(List<ArchivedEvent> events) throws IOException {
    BucketRows rows = PackedRows.bucket(pipeline, events);
    RowCursor cursor = new RowCursor(pipeline, rows);
    MemoryFile file = new MemoryFile();
    ArchiveSchema schema = ArchiveSchema.of(pipeline);
    ArchiveFileWriter writer =
        ArchiveFileWriter.open(file, "hours/x.parquet", ArchiveKind.HOURS, schema);
    for (int row = 0; row < rows.size(); row++) {
      cursor.moveTo(row);
      writer.write(cursor);
    }
    writer.close();
    List<ArchivedEvent> read = new ArrayList<>();
    try (ArchiveFileReader reader = ArchiveFileReader.open(file, schema)) {
      for (ArchivedEvent event = reader.read(); event != null; event = reader.read()) {
        read.add(event);
      }
    }
    return read;
  }
}
