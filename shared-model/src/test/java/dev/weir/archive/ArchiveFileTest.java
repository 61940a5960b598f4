package dev.weir.archive;

import static dev.weir.archive.EventAssertions.assertSame;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.db.SamplePipeline;
import dev.weir.event.Event;
import dev.weir.event.RandomEvents;
import dev.weir.pipeline.Pipeline;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.TimeZone;
import java.util.TreeMap;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ArchiveFileTest {
  private static final Pipeline PIPELINE = SamplePipeline.web();
  private static final ArchiveSchema SCHEMA = ArchiveSchema.of(PIPELINE);
  private static final EventHash HASH = new EventHash(SCHEMA);

  @ParameterizedTest
  @ValueSource(strings = {"UTC", "America/St_Johns"})
  void arrivalsComeBackEqualWithTheirHashes(String zone) throws IOException {
    TimeZone before = TimeZone.getDefault();
    TimeZone.setDefault(TimeZone.getTimeZone(zone));
    try {
      for (long seed = 0; seed < 5; seed++) {
        List<Event> events = new RandomEvents(PIPELINE, seed).lateShare(0.3).list(3000);
        MemoryFile file = new MemoryFile();
        ArchiveFileWriter writer =
            ArchiveFileWriter.open(file, "arrivals/x.parquet", ArchiveKind.ARRIVALS, SCHEMA);
        for (Event event : events) {
          writer.write(event);
        }
        ArchiveFile described = writer.close();

        List<ArchivedEvent> read = readAll(ArchiveFileReader.open(file, SCHEMA));
        assertThat(read).hasSameSizeAs(events);
        for (int i = 0; i < events.size(); i++) {
          assertSame(read.get(i).event(), events.get(i));
          assertThat(read.get(i).commit()).isZero();
          assertThat(read.get(i).storedHash())
              .isEqualTo(HASH.of(events.get(i), read.get(i).sourceName()));
        }
        assertThat(described.hours()).isEqualTo(entries(read));
        assertThat(described.path()).isEqualTo("arrivals/x.parquet");
        assertThat(described.rows()).isEqualTo(events.size());
        assertThat(described.bytes()).isEqualTo(file.getLength());
      }
    } finally {
      TimeZone.setDefault(before);
    }
  }

  @Test
  void hoursKeepTheCommitAndHashLikeTheArrivals() throws IOException {
    List<Event> events = new RandomEvents(PIPELINE, 11).list(500);
    MemoryFile file = new MemoryFile();
    ArchiveFileWriter writer =
        ArchiveFileWriter.open(file, "hours/x.parquet", ArchiveKind.HOURS, SCHEMA);
    for (int i = 0; i < events.size(); i++) {
      Event event = events.get(i);
      writer.write(new ArchivedEvent(event, PIPELINE.sources().get(event.source()).name(), i, 0));
    }
    writer.close();

    List<ArchivedEvent> read = readAll(ArchiveFileReader.open(file, SCHEMA));
    for (int i = 0; i < events.size(); i++) {
      assertThat(read.get(i).commit()).isEqualTo(i);
      assertThat(read.get(i).storedHash())
          .isEqualTo(HASH.of(events.get(i), read.get(i).sourceName()));
    }
  }

  @Test
  void rangeGivesExactlyItsEvents() throws IOException {
    List<Event> events = new RandomEvents(PIPELINE, 3).lateShare(0.5).stepMillis(2000).list(4000);
    MemoryFile file = written(events, SCHEMA);
    for (ArchiveFile.HourEntry hour : entries(readAll(ArchiveFileReader.open(file, SCHEMA)))) {
      long from = hour.hourMillis();
      List<ArchivedEvent> read =
          readAll(ArchiveFileReader.open(file, SCHEMA, from, from + 3_600_000));
      assertThat(entries(read)).containsExactly(hour);
    }
    assertThat(readAll(ArchiveFileReader.open(file, SCHEMA, 0, 3_600_000))).isEmpty();
  }

  @Test
  void emptyFileHasNoHours() throws IOException {
    MemoryFile file = new MemoryFile();
    ArchiveFile described =
        ArchiveFileWriter.open(file, "arrivals/x.parquet", ArchiveKind.ARRIVALS, SCHEMA).close();
    assertThat(described.rows()).isZero();
    assertThat(described.hours()).isEmpty();
    assertThat(readAll(ArchiveFileReader.open(file, SCHEMA))).isEmpty();
  }

  @Test
  void closesItsStreamOnce() throws IOException {
    MemoryFile finished = written(new RandomEvents(PIPELINE, 1).list(10), SCHEMA);
    assertThat(finished.closed()).isEqualTo(1);

    MemoryFile abandoned = new MemoryFile();
    ArchiveFileWriter.open(abandoned, "arrivals/x.parquet", ArchiveKind.ARRIVALS, SCHEMA).abandon();
    assertThat(abandoned.closed()).isEqualTo(1);
  }

  @Test
  void encodesAsDeclared() throws IOException {
    MemoryFile file = written(new RandomEvents(PIPELINE, 1).list(2000), SCHEMA);
    try (ParquetFileReader reader = ParquetFileReader.open(file)) {
      for (BlockMetaData rowGroup : reader.getFooter().getBlocks()) {
        for (ColumnChunkMetaData column : rowGroup.getColumns()) {
          assertThat(column.getCodec()).isEqualTo(CompressionCodecName.ZSTD);
          String name = column.getPath().toDotString();
          if (name.equals("_event_id")) {
            assertThat(column.hasDictionaryPage()).isFalse();
          } else if (name.equals("_event_time")) {
            assertThat(column.getStatistics().hasNonNullValue()).isTrue();
          } else if (name.equals("event_type")) {
            assertThat(column.hasDictionaryPage()).isTrue();
          }
        }
      }
    }
  }

  static MemoryFile written(List<Event> events, ArchiveSchema schema) throws IOException {
    MemoryFile file = new MemoryFile();
    ArchiveFileWriter writer =
        ArchiveFileWriter.open(file, "arrivals/x.parquet", ArchiveKind.ARRIVALS, schema);
    for (Event event : events) {
      writer.write(event);
    }
    writer.close();
    return file;
  }

  static List<ArchivedEvent> readAll(ArchiveFileReader reader) throws IOException {
    List<ArchivedEvent> events = new ArrayList<>();
    try (reader) {
      for (ArchivedEvent event = reader.read(); event != null; event = reader.read()) {
        events.add(event);
      }
    }
    return events;
  }

  /** The naive manifest of what was read. */
  private static List<ArchiveFile.HourEntry> entries(List<ArchivedEvent> events) {
    TreeMap<Long, ArchiveFile.HourEntry> hours = new TreeMap<>();
    for (ArchivedEvent event : events) {
      hours.merge(
          event.event().hourMillis(),
          new ArchiveFile.HourEntry(event.event().hourMillis(), 1, event.storedHash()),
          (a, b) ->
              new ArchiveFile.HourEntry(
                  a.hourMillis(), a.rows() + b.rows(), a.hashSum() + b.hashSum()));
    }
    return List.copyOf(hours.values());
  }
}
