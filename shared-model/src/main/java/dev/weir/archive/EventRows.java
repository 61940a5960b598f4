package dev.weir.archive;

import dev.weir.event.Event;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnDescriptor;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.compression.CompressionCodecFactory;
import org.apache.parquet.hadoop.CodecFactory;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.schema.MessageType;

/**
 * Writes events into a Parquet file: values are kept by column, a page's worth of rows at a time;
 * each page is encoded and compressed when it is full, and a row group is written when its pages
 * have grown large.
 */
final class EventRows {
  /** Rows of a page, as Parquet's own writer cuts them; all columns are cut at the same rows. */
  static final int PAGE_ROWS = 20_000;

  /** A page is cut earlier if a column's values are as long as this. */
  static final int PAGE_BYTES = 1 << 20;

  private static final int MAX_PADDING = 0;

  private final long rowGroupBytes;
  private final MessageType schema;
  private final ParquetFileWriter file;
  private final CodecFactory codecs;
  private final CompressionCodecFactory.BytesInputCompressor compressor;
  private final List<PageColumn> columns = new ArrayList<>();

  private final DictionaryColumn source;
  private final DictionaryColumn topic;
  private final NumberColumn partition;
  private final NumberColumn offset;
  private final NumberColumn recordTime;
  private final TextColumn eventId;
  private final NumberColumn eventTime;
  private final DictionaryColumn[] dimensions;
  private final TextColumn[] identifiers;
  private final NumberColumn[] numbers;
  private final NumberColumn commit;

  private ColumnChunkPageWriteStore pages;
  private long groupRows;
  private long groupBytes;
  private int pageRows;

  /**
   * Creates the file.
   *
   * @param rowGroupBytes a row group ends with the page that makes it so large, compressed
   * @throws IllegalArgumentException for dead letters, which are no events
   */
  EventRows(OutputFile output, ArchiveSchema archive, ArchiveKind kind, long rowGroupBytes)
      throws IOException {
    this.rowGroupBytes = rowGroupBytes;
    if (kind == ArchiveKind.DEAD_LETTERS) {
      throw new IllegalArgumentException("dead letters are written with DeadLetterFileWriter");
    }
    schema = archive.columns(kind);
    source = add(new DictionaryColumn(next()));
    topic = add(new DictionaryColumn(next()));
    partition = add(number());
    offset = add(number());
    recordTime = add(number());
    eventId = add(new TextColumn(next()));
    eventTime = add(number());
    dimensions = new DictionaryColumn[archive.dimensions().size()];
    for (int i = 0; i < dimensions.length; i++) {
      dimensions[i] = add(new DictionaryColumn(next()));
    }
    identifiers = new TextColumn[archive.identifiers().size()];
    for (int i = 0; i < identifiers.length; i++) {
      identifiers[i] = add(new TextColumn(next()));
    }
    numbers = new NumberColumn[archive.numbers().size()];
    for (int i = 0; i < numbers.length; i++) {
      long seed = EventHash.seed(archive.numbers().get(i).name(), archive.numbers().get(i).scale());
      numbers[i] = add(new NumberColumn(next(), seed));
    }
    commit = kind == ArchiveKind.HOURS ? add(number()) : null;

    codecs = new CodecFactory(ParquetSettings.configuration(), PAGE_BYTES);
    compressor = codecs.getCompressor(ParquetSettings.CODEC);
    // A name is never used twice; an existing file means that two writers collide.
    file =
        new ParquetFileWriter(
            output,
            schema,
            ParquetFileWriter.Mode.CREATE,
            rowGroupBytes,
            MAX_PADDING,
            ParquetProperties.DEFAULT_COLUMN_INDEX_TRUNCATE_LENGTH,
            ParquetProperties.DEFAULT_STATISTICS_TRUNCATE_LENGTH,
            ParquetProperties.DEFAULT_PAGE_WRITE_CHECKSUM_ENABLED);
    file.start();
    startRowGroup();
  }

  private NumberColumn number() {
    ColumnDescriptor column = next();
    return new NumberColumn(column, EventHash.seed(column.getPath()[0]));
  }

  private ColumnDescriptor next() {
    return schema.getColumns().get(columns.size());
  }

  private <C extends PageColumn> C add(C column) {
    columns.add(column);
    return column;
  }

  private void startRowGroup() {
    pages =
        new ColumnChunkPageWriteStore(
            compressor,
            schema,
            HeapByteBufferAllocator.getInstance(),
            ParquetProperties.DEFAULT_COLUMN_INDEX_TRUNCATE_LENGTH,
            ParquetProperties.DEFAULT_PAGE_WRITE_CHECKSUM_ENABLED);
  }

  /**
   * Adds rows, a column after the other.
   *
   * @param hashes gets that of each row, as {@link EventHash#of} gives it
   */
  void write(Event[] events, String[] sourceNames, int number, long ofCommit, long[] hashes)
      throws IOException {
    for (int from = 0; from < number; ) {
      int to = Math.min(number, from + PAGE_ROWS - pageRows);
      addColumns(events, sourceNames, from, to, hashes);
      for (int i = from; i < to; i++) {
        hashes[i] = EventHash.mix(hashes[i]);
        addCommit(ofCommit);
      }
      endRows(to - from);
      from = to;
    }
  }

  private void addColumns(Event[] events, String[] sourceNames, int from, int to, long[] hashes) {
    for (int i = from; i < to; i++) {
      Event event = events[i];
      hashes[i] =
          addOrigin(sourceNames[i], event.topic(), event.partition(), event.offset())
              + recordTime.add(event.recordMillis())
              + eventTime.add(event.timeMicros())
              + addNumbers(event.numbers(), event.numbersPresent());
    }
    for (int i = from; i < to; i++) {
      hashes[i] += eventId.add(events[i].idUtf8());
    }
    for (int d = 0; d < dimensions.length; d++) {
      DictionaryColumn dimension = dimensions[d];
      for (int i = from; i < to; i++) {
        hashes[i] += dimension.add(events[i].dimensions()[d]);
      }
    }
    for (int d = 0; d < identifiers.length; d++) {
      TextColumn identifier = identifiers[d];
      for (int i = from; i < to; i++) {
        hashes[i] += identifier.add(events[i].identifiersUtf8()[d]);
      }
    }
  }

  /**
   * Adds rows that are encoded already, likewise.
   *
   * @param hashes gets that of each row, as {@link EventHash#of} gives it
   */
  void write(EncodedEvents events, long[] hashes) throws IOException {
    for (int from = 0; from < events.size(); ) {
      int to = Math.min(events.size(), from + PAGE_ROWS - pageRows);
      addColumns(events, from, to, hashes);
      for (int i = from; i < to; i++) {
        hashes[i] = EventHash.mix(hashes[i]);
        addCommit(events.commit(i));
      }
      endRows(to - from);
      from = to;
    }
  }

  private void addColumns(EncodedEvents events, int from, int to, long[] hashes) {
    for (int i = from; i < to; i++) {
      hashes[i] =
          addOrigin(events.sourceName(i), events.topic(i), events.partition(i), events.offset(i));
    }
    for (int i = from; i < to; i++) {
      hashes[i] += recordTime.add(events.recordMillis(i)) + eventTime.add(events.timeMicros(i));
    }
    for (int i = from; i < to; i++) {
      hashes[i] += eventId.add(events.id(i));
    }
    for (int d = 0; d < dimensions.length; d++) {
      DictionaryColumn dimension = dimensions[d];
      for (int i = from; i < to; i++) {
        hashes[i] += dimension.add(events.dimension(d, i));
      }
    }
    for (int d = 0; d < identifiers.length; d++) {
      TextColumn identifier = identifiers[d];
      for (int i = from; i < to; i++) {
        hashes[i] += identifier.add(events.identifier(d, i));
      }
    }
    for (int n = 0; n < numbers.length; n++) {
      NumberColumn number = numbers[n];
      for (int i = from; i < to; i++) {
        if (((events.numbersPresent(i) >>> n) & 1) != 0) {
          hashes[i] += number.add(events.number(n, i));
        } else {
          number.addNull();
        }
      }
    }
  }

  private long addOrigin(String sourceName, String topicName, int ofPartition, long ofRecord) {
    return source.add(sourceName)
        + topic.add(topicName)
        + partition.add(ofPartition)
        + offset.add(ofRecord);
  }

  private long addNumbers(long[] values, long present) {
    long sum = 0;
    for (int i = 0; i < numbers.length; i++) {
      if (((present >>> i) & 1) != 0) {
        sum += numbers[i].add(values[i]);
      } else {
        numbers[i].addNull();
      }
    }
    return sum;
  }

  /** Not part of the hash: a row keeps it when it moves from arrivals to hours. */
  private void addCommit(long ofCommit) {
    if (commit != null) {
      commit.add(ofCommit);
    }
  }

  private void endRows(int number) throws IOException {
    pageRows += number;
    if (isPageFull()) {
      endPage();
      if (groupBytes >= rowGroupBytes) {
        endRowGroup();
        startRowGroup();
      }
    }
  }

  private boolean isPageFull() {
    boolean full = pageRows == PAGE_ROWS || eventId.bytes() >= PAGE_BYTES;
    for (DictionaryColumn dimension : dimensions) {
      full |= dimension.bytes() >= PAGE_BYTES;
    }
    for (TextColumn identifier : identifiers) {
      full |= identifier.bytes() >= PAGE_BYTES;
    }
    return full;
  }

  private void endPage() throws IOException {
    groupBytes = 0;
    for (PageColumn column : columns) {
      var writer = pages.getPageWriter(column.column());
      column.endPage(writer);
      groupBytes += writer.getMemSize();
    }
    groupRows += pageRows;
    pageRows = 0;
  }

  private void endRowGroup() throws IOException {
    for (PageColumn column : columns) {
      column.endRowGroup(pages.getPageWriter(column.column()));
    }
    file.startBlock(groupRows);
    pages.flushToFileWriter(file);
    file.endBlock();
    pages.close();
    groupRows = 0;
    groupBytes = 0;
  }

  /** Bytes of what is written and of what waits, compressed as far as it is. */
  long bytes() throws IOException {
    return file.getPos() + groupBytes;
  }

  /** Frees what the file's compression holds; the file itself stays as it is. */
  void abandon() {
    pages.close();
    codecs.release();
  }

  void close() throws IOException {
    if (pageRows > 0) {
      endPage();
    }
    if (groupRows > 0) {
      endRowGroup();
    } else {
      pages.close();
    }
    codecs.release();
    file.end(Map.of());
  }
}
