package dev.weir.batch.read;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.aggregate.HyperLogLog;
import dev.weir.archive.ArchiveSchema;
import dev.weir.archive.ArchivedEvent;
import dev.weir.archive.EventHash;
import dev.weir.batch.SampleEvents;
import dev.weir.event.Event;
import dev.weir.pipeline.Pipeline;
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
      assertThat(cursor.archivedEvent()).usingRecursiveComparison().isEqualTo(expected);
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
  void blocksOfManyRowsArriveWhole() {
    List<ArchivedEvent> events = SampleEvents.archived(20_000);
    BucketRows rows = PackedRows.bucket(pipeline, events);
    RowCursor cursor = new RowCursor(pipeline, rows);
    EventHash hash = new EventHash(ArchiveSchema.of(pipeline));

    assertThat(rows.size()).isEqualTo(events.size());
    for (int row = 0; row < rows.size(); row++) {
      cursor.moveTo(row);
      ArchivedEvent event = cursor.archivedEvent();
      assertThat(hash.of(event.event(), event.sourceName()))
          .isEqualTo(events.get(row).storedHash())
          .isEqualTo(event.storedHash());
    }
  }

  @Test
  void keepsTheNameOfASourceThatIsNoLongerDeclared() {
    ArchivedEvent removed =
        new ArchivedEvent(SampleEvents.archived(1).get(0).event(), "removed", 3, 9);
    BucketRows rows = PackedRows.bucket(pipeline, List.of(removed));
    RowCursor cursor = new RowCursor(pipeline, rows);

    cursor.moveTo(0);

    assertThat(cursor.archivedEvent().sourceName()).isEqualTo("removed");
    assertThat(cursor.archivedEvent().event().source()).isEqualTo(-1);
  }
}
