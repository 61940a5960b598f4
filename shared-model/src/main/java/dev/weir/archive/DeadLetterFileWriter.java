package dev.weir.archive;

import dev.weir.event.DeadLetter;
import dev.weir.event.RawRecord;
import dev.weir.pipeline.Pipeline;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;

/**
 * Writes one file of dead letters: origin, reason, detail and the record's bytes as received.
 * Complete only after {@link #close()} returned. Not thread safe.
 */
public final class DeadLetterFileWriter {
  private final String path;
  private final MeasuredOutputFile file;
  private final ParquetWriter<DeadLetter> writer;
  private long rows;

  private DeadLetterFileWriter(OutputFile file, String path, List<String> sources)
      throws IOException {
    this.path = path;
    this.file = new MeasuredOutputFile(file);
    this.writer = new Builder(this.file, new Columns(sources)).build();
  }

  /**
   * Creates a file.
   *
   * @param path the same place relative to the archive's root, for the manifest
   */
  public static DeadLetterFileWriter open(OutputFile file, String path, Pipeline pipeline)
      throws IOException {
    return new DeadLetterFileWriter(file, path, ArchiveSchema.of(pipeline).sources());
  }

  public void write(DeadLetter deadLetter) throws IOException {
    writer.write(deadLetter);
    rows++;
  }

  /** Rows written so far. */
  public long rows() {
    return rows;
  }

  /** Roughly how long the file would be if it were closed now. */
  public long estimatedBytes() {
    return writer.getDataSize();
  }

  /** Completes the file and describes it for the manifest; dead letters have no event hours. */
  public ArchiveFile close() throws IOException {
    writer.close();
    return new ArchiveFile(path, file.bytes(), rows, List.of());
  }

  /** Gives the file up: releases it unfinished. Nothing lists it, so nobody reads it. */
  public void abandon() throws IOException {
    file.closeStream();
  }

  /**
   * Rows may be megabytes long: Parquet asks for their size every few rows, not after a hundred.
   */
  private static final class Builder extends ParquetWriter.Builder<DeadLetter, Builder> {
    private static final int MOST_ROWS_UNCHECKED = 8;

    private final Columns columns;

    Builder(OutputFile file, Columns columns) {
      super(file);
      this.columns = columns;
      withConf(ParquetSettings.configuration())
          // A name is never used twice; an existing file means that two writers collide.
          .withWriteMode(ParquetFileWriter.Mode.CREATE)
          .withCompressionCodec(ParquetSettings.CODEC)
          .withRowGroupSize(ParquetSettings.ROW_GROUP_BYTES)
          .withMinRowCountForPageSizeCheck(1)
          .withMaxRowCountForPageSizeCheck(MOST_ROWS_UNCHECKED)
          .withDictionaryEncoding(ArchiveSchema.OFFSET, false)
          .withDictionaryEncoding(ArchiveSchema.RECORD_TIME, false)
          .withDictionaryEncoding(ArchiveSchema.RAW, false)
          .withStatisticsEnabled(ArchiveSchema.RAW, false);
    }

    @Override
    protected Builder self() {
      return this;
    }

    @SuppressWarnings("deprecation")
    @Override
    protected WriteSupport<DeadLetter> getWriteSupport(Configuration configuration) {
      return columns;
    }

    @Override
    protected WriteSupport<DeadLetter> getWriteSupport(ParquetConfiguration configuration) {
      return columns;
    }
  }

  private static final class Columns extends WriteSupport<DeadLetter> {
    private final List<String> sources;
    private final MessageType columns = ArchiveSchema.deadLetters();
    private final TextEncoder text = new TextEncoder();
    private RecordConsumer consumer;

    Columns(List<String> sources) {
      this.sources = sources;
    }

    @SuppressWarnings("deprecation")
    @Override
    public WriteContext init(Configuration configuration) {
      return new WriteContext(columns, Map.of());
    }

    @Override
    public WriteContext init(ParquetConfiguration configuration) {
      return new WriteContext(columns, Map.of());
    }

    @Override
    public void prepareForWrite(RecordConsumer recordConsumer) {
      consumer = recordConsumer;
    }

    @Override
    public void write(DeadLetter deadLetter) {
      RawRecord record = deadLetter.record();
      consumer.startMessage();
      text(0, ArchiveSchema.SOURCE, sources.get(record.source()));
      text(1, ArchiveSchema.TOPIC, record.topic());
      consumer.startField(ArchiveSchema.PARTITION, 2);
      consumer.addInteger(record.partition());
      consumer.endField(ArchiveSchema.PARTITION, 2);
      number(3, ArchiveSchema.OFFSET, record.offset());
      number(4, ArchiveSchema.RECORD_TIME, record.recordMillis());
      text(5, ArchiveSchema.REASON, deadLetter.reason().name());
      text(6, ArchiveSchema.DETAIL, deadLetter.detail());
      if (record.value() != null) {
        consumer.startField(ArchiveSchema.RAW, 7);
        consumer.addBinary(Binary.fromConstantByteArray(record.value()));
        consumer.endField(ArchiveSchema.RAW, 7);
      }
      consumer.endMessage();
    }

    private void text(int index, String name, String value) {
      consumer.startField(name, index);
      text.add(consumer, value);
      consumer.endField(name, index);
    }

    private void number(int index, String name, long value) {
      consumer.startField(name, index);
      consumer.addLong(value);
      consumer.endField(name, index);
    }
  }
}
