package dev.weir.serving.export;

import dev.weir.serving.cube.AnswerHead;
import dev.weir.serving.cube.CubeAnswer.Row;
import dev.weir.serving.cube.CubeQuery;
import dev.weir.serving.cube.RowSink;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.parquet.bytes.HeapByteBufferAllocator;
import org.apache.parquet.column.ColumnWriteStore;
import org.apache.parquet.column.ColumnWriter;
import org.apache.parquet.column.ParquetProperties;
import org.apache.parquet.hadoop.ColumnChunkPageWriteStore;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.schema.MessageType;

/**
 * One table as a Parquet file, compressed with Zstandard: see {@link ParquetColumn} for the types.
 * What the numbers are stands in the file's key-value metadata, under {@code weir.*}. Memory holds
 * one row group.
 */
final class ParquetDocument implements Document, RowSink {
  private static final long ROW_GROUP_BYTES = 16L << 20;
  private static final int PAGE_BYTES = 1 << 20;

  private final OutputStream out;
  private final long rowGroupBytes;
  private final ParquetProperties properties =
      ParquetProperties.builder()
          .withPageSize(PAGE_BYTES)
          .withAllocator(HeapByteBufferAllocator.getInstance())
          .build();

  private CubeQuery asked;
  private AnswerHead answer;
  private List<ParquetColumn> columns;
  private MessageType schema;
  private ParquetFileWriter file;
  private ColumnChunkPageWriteStore pages;
  private ColumnWriteStore store;
  private ColumnWriter[] writers;
  private long groupRows;

  ParquetDocument(OutputStream out) {
    this(out, ROW_GROUP_BYTES);
  }

  /**
   * @param rowGroupBytes a row group ends when it is as large, compressed
   */
  ParquetDocument(OutputStream out, long rowGroupBytes) {
    this.out = out;
    this.rowGroupBytes = rowGroupBytes;
  }

  @Override
  public RowSink table(String title, CubeQuery query) {
    if (columns != null) {
      throw new IllegalStateException("a Parquet file holds one table");
    }
    asked = query;
    return this;
  }

  @Override
  public void begin(AnswerHead head) throws IOException {
    answer = head;
    columns = TableColumn.of(head, asked).stream().map(ParquetColumn::new).toList();
    schema =
        new MessageType(
            head.cube(), List.copyOf(columns.stream().map(ParquetColumn::field).toList()));
    file =
        new ParquetFileWriter(
            new StreamOutputFile(out),
            schema,
            ParquetFileWriter.Mode.CREATE,
            rowGroupBytes,
            0,
            ParquetProperties.DEFAULT_COLUMN_INDEX_TRUNCATE_LENGTH,
            ParquetProperties.DEFAULT_STATISTICS_TRUNCATE_LENGTH,
            ParquetProperties.DEFAULT_PAGE_WRITE_CHECKSUM_ENABLED);
    file.start();
    beginRowGroup();
  }

  private void beginRowGroup() {
    pages =
        new ColumnChunkPageWriteStore(
            new ZstandardPages(),
            schema,
            HeapByteBufferAllocator.getInstance(),
            ParquetProperties.DEFAULT_COLUMN_INDEX_TRUNCATE_LENGTH,
            ParquetProperties.DEFAULT_PAGE_WRITE_CHECKSUM_ENABLED);
    store = properties.newColumnWriteStore(schema, pages, pages);
    writers = new ColumnWriter[columns.size()];
    for (int i = 0; i < writers.length; i++) {
      writers[i] = store.getColumnWriter(schema.getColumns().get(i));
    }
    groupRows = 0;
  }

  @Override
  public void row(Row row) throws IOException {
    for (int i = 0; i < writers.length; i++) {
      columns.get(i).write(row, writers[i]);
    }
    store.endRecord();
    groupRows++;
    if (groupRows % 1_000 == 0 && store.getBufferedSize() > rowGroupBytes) {
      endRowGroup();
      beginRowGroup();
    }
  }

  private void endRowGroup() throws IOException {
    if (groupRows > 0) {
      file.startBlock(groupRows);
      store.flush();
      pages.flushToFileWriter(file);
      file.endBlock();
    }
    store.close();
    pages.close();
  }

  @Override
  public void end() throws IOException {
    endRowGroup();
    pages = null;
    file.end(metadata());
    out.flush();
  }

  private Map<String, String> metadata() {
    Map<String, String> facts = new TreeMap<>();
    facts.put("weir.cube", answer.cube());
    facts.put("weir.granularity", answer.granularity().text());
    facts.put("weir.from", answer.from().toString());
    facts.put("weir.to", answer.to().toString());
    facts.put("weir.tz", AnswerTimes.name(answer.zone()));
    facts.put("weir.status", String.valueOf(answer.status()));
    facts.put("weir.version", String.valueOf(answer.version()));
    facts.put("weir.commit", Long.toString(answer.commit()));
    facts.put("weir.watermark", String.valueOf(answer.watermark()));
    facts.put("weir.late_events", Long.toString(answer.lateEvents()));
    return facts;
  }

  @Override
  public void close() {
    if (pages != null) {
      store.close();
      pages.close();
    }
  }
}
