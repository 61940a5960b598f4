package dev.weir.serving.export;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.parquet.ParquetReadOptions;
import org.apache.parquet.column.page.PageReadStore;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.convert.GroupRecordConverter;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.io.ColumnIOFactory;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.RecordReader;
import org.apache.parquet.schema.MessageType;

/** A Parquet file read with Parquet's own reader. */
record ParquetRows(
    MessageType schema, Map<String, String> metadata, int rowGroups, List<Group> rows) {

  static ParquetRows of(byte[] file) throws IOException {
    Path written = Files.write(Files.createTempFile("rows", ".parquet"), file);
    try (ParquetFileReader reader =
        new ParquetFileReader(
            new LocalInputFile(written),
            ParquetReadOptions.builder(new PlainParquetConfiguration()).build())) {
      MessageType schema = reader.getFileMetaData().getSchema();
      List<Group> rows = new ArrayList<>();
      int groups = 0;
      PageReadStore pages = reader.readNextRowGroup();
      while (pages != null) {
        groups++;
        RecordReader<Group> records =
            new ColumnIOFactory()
                .getColumnIO(schema)
                .getRecordReader(pages, new GroupRecordConverter(schema));
        for (long i = 0; i < pages.getRowCount(); i++) {
          rows.add(records.read());
        }
        pages = reader.readNextRowGroup();
      }
      return new ParquetRows(schema, reader.getFileMetaData().getKeyValueMetaData(), groups, rows);
    } finally {
      Files.delete(written);
    }
  }

  /** A decimal in plain digits; null where there is none. */
  static String decimal(Group row, String column, int scale) {
    return row.getFieldRepetitionCount(column) == 0
        ? null
        : new BigDecimal(new BigInteger(row.getBinary(column, 0).getBytes()), scale)
            .toPlainString();
  }
}
