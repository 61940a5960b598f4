package dev.weir.archive;

import static dev.weir.archive.EventAssertions.assertSame;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.db.SamplePipeline;
import dev.weir.event.Event;
import dev.weir.pipeline.Pipeline;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.parquet.column.Encoding;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.metadata.BlockMetaData;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.junit.jupiter.api.Test;

/** What only shows over several pages and row groups. */
class EventRowsTest {
  private static final Pipeline PIPELINE = SamplePipeline.web();
  private static final ArchiveSchema SCHEMA = ArchiveSchema.of(PIPELINE);
  private static final EventHash HASH = new EventHash(SCHEMA);
  private static final long START_MICROS = 1_767_225_600_000_000L;
  private static final int ROWS = 70_000;

  private final SplittableRandom random = new SplittableRandom(7);

  @Test
  void pagesAndRowGroupsComeBackEqual() throws IOException {
    List<Event> events = events();
    MemoryFile file = written(events, 1 << 18);
    List<ArchivedEvent> read = ArchiveFileTest.readAll(ArchiveFileReader.open(file, SCHEMA));
    assertThat(read).hasSameSizeAs(events);
    for (int i = 0; i < events.size(); i++) {
      assertSame(read.get(i).event(), events.get(i));
    }
    try (ParquetFileReader reader = ParquetFileReader.open(file)) {
      assertThat(reader.getFooter().getBlocks()).hasSizeGreaterThan(2);
      assertThat(reader.getRecordCount()).isEqualTo(ROWS);
    }
  }

  @Test
  void aRangeIsFoundByThePagesExtremes() throws IOException {
    List<Event> events = events();
    MemoryFile file = written(events, 32 << 20);
    long from = 1_767_225_600_000L + 3_600_000;
    List<ArchivedEvent> read =
        ArchiveFileTest.readAll(ArchiveFileReader.open(file, SCHEMA, from, from + 3_600_000));
    List<Event> expected = events.stream().filter(event -> event.hourMillis() == from).toList();
    assertThat(expected).isNotEmpty();
    assertThat(read).hasSameSizeAs(expected);
    for (int i = 0; i < expected.size(); i++) {
      assertSame(read.get(i).event(), expected.get(i));
    }
  }

  @Test
  void aDictionaryThatOutgrowsItsUseIsGivenUp() throws IOException {
    try (ParquetFileReader reader = ParquetFileReader.open(written(events(), 32 << 20))) {
      for (BlockMetaData rowGroup : reader.getFooter().getBlocks()) {
        for (ColumnChunkMetaData column : rowGroup.getColumns()) {
          switch (column.getPath().toDotString()) {
            case "route" ->
                assertThat(column.getEncodings()).contains(Encoding.RLE_DICTIONARY, Encoding.PLAIN);
            case "event_type" -> {
              assertThat(column.getEncodings()).contains(Encoding.RLE_DICTIONARY);
              assertThat(column.getStatistics().minAsString()).isEqualTo("click");
            }
            default -> {}
          }
        }
      }
    }
  }

  /**
   * Some columns have no value in the first page, others are without some in later ones; one
   * dimension repeats, one is different each time.
   */
  private List<Event> events() {
    List<Event> events = new ArrayList<>();
    for (int i = 0; i < ROWS; i++) {
      boolean present = i < 25_000 || (i > 45_000 && random.nextInt(3) > 0);
      String[] dimensions = {
        "web",
        random.nextBoolean() ? "click" : "view",
        present ? "über" : null,
        i < 20_000 ? null : "200",
        Long.toString(random.nextLong(), 36).repeat(8)
      };
      String[] identifiers = {"u" + random.nextInt(1000), present && i >= 20_000 ? "s日" + i : null};
      long[] numbers = {random.nextLong(-1000, 1_000_000), i < 20_000 ? 0 : i};
      events.add(
          new Event(
              0,
              "clicks",
              i % 3,
              i / 3,
              START_MICROS / 1000 + i,
              i % 100 == 0 ? null : "id-" + random.nextLong(),
              START_MICROS + i * 200_000L + random.nextInt(100_000),
              dimensions,
              identifiers,
              numbers,
              (present ? 1 : 0) | (i < 20_000 ? 0 : 2)));
      if (!present) {
        numbers[0] = 0;
      }
    }
    return events;
  }

  private static MemoryFile written(List<Event> events, long rowGroupBytes) throws IOException {
    MemoryFile file = new MemoryFile();
    EventRows rows = new EventRows(file, SCHEMA, ArchiveKind.ARRIVALS, rowGroupBytes);
    String source = PIPELINE.sources().get(0).name();
    SplittableRandom sizes = new SplittableRandom(17);
    for (int from = 0; from < events.size(); ) {
      int to = Math.min(events.size(), from + sizes.nextInt(1, 150));
      Event[] batch = events.subList(from, to).toArray(Event[]::new);
      String[] sources = new String[batch.length];
      Arrays.fill(sources, source);
      long[] hashes = new long[batch.length];
      rows.write(batch, sources, batch.length, 0, hashes);
      for (int i = 0; i < batch.length; i++) {
        assertThat(hashes[i]).isEqualTo(HASH.of(batch[i], source));
      }
      from = to;
    }
    rows.close();
    return file;
  }
}
