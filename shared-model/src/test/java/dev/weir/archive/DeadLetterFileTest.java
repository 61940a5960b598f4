package dev.weir.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.db.SamplePipeline;
import dev.weir.event.DeadLetter;
import dev.weir.event.RawRecord;
import dev.weir.event.RejectReason;
import java.io.IOException;
import java.util.List;
import java.util.SplittableRandom;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;
import org.junit.jupiter.api.Test;

class DeadLetterFileTest {

  @Test
  void keepsTheBytesAsReceived() throws IOException {
    byte[] raw = {0, -1, '{', (byte) 0xC3};
    MemoryFile file = new MemoryFile();
    DeadLetterFileWriter writer =
        DeadLetterFileWriter.open(file, "dead-letters/x.parquet", SamplePipeline.web());
    writer.write(
        new DeadLetter(
            new RawRecord(1, "orders", 3, 42, 1_770_000_000_123L, raw),
            RejectReason.MALFORMED_JSON,
            "byte 0 is no UTF-8: \u00fc"));
    ArchiveFile described = writer.close();
    assertThat(described)
        .isEqualTo(new ArchiveFile("dead-letters/x.parquet", file.getLength(), 1, List.of()));

    try (ParquetFileReader reader = ParquetFileReader.open(file)) {
      MessageType columns = reader.getFooter().getFileMetaData().getSchema();
      PageReadStore rows = reader.readNextRowGroup();
      RecordReader<Group> records =
          new ColumnIOFactory()
              .getColumnIO(columns)
              .getRecordReader(rows, new GroupRecordConverter(columns));
      Group row = records.read();
      assertThat(row.getString("_source", 0)).isEqualTo("orders");
      assertThat(row.getString("_topic", 0)).isEqualTo("orders");
      assertThat(row.getInteger("_partition", 0)).isEqualTo(3);
      assertThat(row.getLong("_offset", 0)).isEqualTo(42);
      assertThat(row.getLong("_record_time", 0)).isEqualTo(1_770_000_000_123L);
      assertThat(row.getString("reason", 0)).isEqualTo("MALFORMED_JSON");
      assertThat(row.getString("detail", 0)).isEqualTo("byte 0 is no UTF-8: \u00fc");
      assertThat(row.getBinary("raw", 0).getBytes()).isEqualTo(raw);
    }
  }

  @Test
  void largeOnesDoNotPileUpInMemory() throws IOException {
    SplittableRandom random = new SplittableRandom(4);
    MemoryFile file = new MemoryFile();
    DeadLetterFileWriter writer =
        DeadLetterFileWriter.open(file, "dead-letters/x.parquet", SamplePipeline.web());
    for (int row = 0; row < 48; row++) {
      byte[] value = new byte[row < 2 ? 1 : 1 << 20];
      random.nextBytes(value);
      writer.write(
          new DeadLetter(
              new RawRecord(1, "orders", 3, row, 0, value), RejectReason.TOO_LARGE, "large"));
    }
    assertThat(file.getLength()).isGreaterThan(16L << 20);
    assertThat(writer.close().rows()).isEqualTo(48);
  }
}
