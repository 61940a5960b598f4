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
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RowBatchTest {
  private final Pipeline pipeline = SampleEvents.pipeline();

  @Test
  void givesBackWhatWasPacked() {
    List<ArchivedEvent> events = SampleEvents.archived(600);
    BucketRows rows = PackedRows.bucket(pipeline, events);
    RowBatch batch = new RowBatch(pipeline, rows);

    assertThat(rows.size()).isEqualTo(events.size());
    int[] backwards = backwards(rows.size());
    for (int from = 0; from < backwards.length; from += RowBatch.MOST_ROWS) {
      batch.moveTo(backwards, from, Math.min(backwards.length, from + RowBatch.MOST_ROWS));
      for (int row = 0; row < batch.size(); row++) {
        assertHolds(batch, row, events.get(backwards[from + row]));
      }
    }
  }

  private static void assertHolds(RowBatch batch, int row, ArchivedEvent expected) {
    Event event = expected.event();
    TextDictionary dictionary = batch.dictionary();
    assertThat(dictionary.text(batch.sources()[row])).isEqualTo(expected.sourceName());
    assertThat(batch.commits()[row]).isEqualTo(expected.commit());
    assertThat(batch.minuteOfHour(row))
        .isEqualTo((event.minuteMillis() - event.hourMillis()) / 60_000);
    assertThat(batch.numbersPresent()[row]).isEqualTo(event.numbersPresent());
    for (int i = 0; i < event.numbers().length; i++) {
      if ((event.numbersPresent() >> i & 1) == 1) {
        assertThat(batch.numbers(i)[row]).isEqualTo(event.numbers()[i]);
      }
    }
    for (int i = 0; i < event.dimensions().length; i++) {
      assertThat(dictionary.text(batch.dimensionNumbers(i)[row])).isEqualTo(event.dimensions()[i]);
    }
    for (int i = 0; i < event.identifiers().length; i++) {
      boolean present = event.identifiers()[i] != null;
      assertThat(batch.identifiersPresent()[row] >> i & 1).isEqualTo(present ? 1 : 0);
      if (present) {
        assertThat(batch.identifierHashes(i)[row])
            .isEqualTo(HyperLogLog.hash(event.identifiers()[i]));
      }
    }
  }

  private static int[] backwards(int size) {
    return IntStream.range(0, size).map(i -> size - 1 - i).toArray();
  }

  @Test
  void blocksOfManyRowsArriveWhole() throws IOException {
    List<ArchivedEvent> events = SampleEvents.archived(20_000);

    List<ArchivedEvent> written = throughBatches(events);

    assertThat(written).hasSameSizeAs(events);
    for (int row = 0; row < events.size(); row++) {
      assertThat(written.get(row)).usingRecursiveComparison().isEqualTo(events.get(row));
    }
  }

  @Test
  void keepsTheNameOfASourceThatIsNoLongerDeclared() throws IOException {
    ArchivedEvent removed =
        new ArchivedEvent(SampleEvents.archived(1).get(0).event(), "removed", 3, 9);

    ArchivedEvent written = throughBatches(List.of(removed)).get(0);

    assertThat(written.sourceName()).isEqualTo("removed");
    assertThat(written.event().source()).isEqualTo(-1);
    assertThat(written.storedHash())
        .isEqualTo(new EventHash(ArchiveSchema.of(pipeline)).of(removed.event(), "removed"));
  }

  /** What a file holds that is written from the rows of a bucket, as a compaction does. */
  private List<ArchivedEvent> throughBatches(List<ArchivedEvent> events) throws IOException {
    BucketRows rows = PackedRows.bucket(pipeline, events);
    RowBatch batch = new RowBatch(pipeline, rows);
    MemoryFile file = new MemoryFile();
    ArchiveSchema schema = ArchiveSchema.of(pipeline);
    ArchiveFileWriter writer =
        ArchiveFileWriter.open(file, "hours/x.parquet", ArchiveKind.HOURS, schema);
    int[] all = IntStream.range(0, rows.size()).toArray();
    for (int from = 0; from < all.length; from += RowBatch.MOST_ROWS) {
      batch.moveTo(all, from, Math.min(all.length, from + RowBatch.MOST_ROWS));
      writer.write(batch);
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
