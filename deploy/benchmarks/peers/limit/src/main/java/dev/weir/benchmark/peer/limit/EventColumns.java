package dev.weir.benchmark.peer.limit;

import java.nio.ByteBuffer;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;

/** Writes the columns straight from the message's bytes; the id as 16 bytes. */
@SuppressWarnings(
    "deprecation") // Parquet still declares the methods that take Hadoop's configuration.
final class EventColumns extends WriteSupport<ScannedEvent> {
  static final String ID = "event_id";
  static final String TIME = "event_time";

  private static final MessageType SCHEMA =
      MessageTypeParser.parseMessageType(
          """
          message event {
            required fixed_len_byte_array(16) event_id (UUID);
            required int64 event_time (TIMESTAMP(MILLIS,true));
            required binary source (STRING);
            required binary event_type (STRING);
            required binary user_segment (STRING);
            required binary route (STRING);
            required binary user_id (STRING);
            required double value;
          }
          """);
  private static final int FIRST_TEXT = 2;
  private static final int ID_BYTES = 16;

  private RecordConsumer columns;

  @Override
  public WriteContext init(Configuration configuration) {
    return new WriteContext(SCHEMA, Map.of());
  }

  @Override
  public WriteContext init(ParquetConfiguration configuration) {
    return new WriteContext(SCHEMA, Map.of());
  }

  @Override
  public void prepareForWrite(RecordConsumer consumer) {
    columns = consumer;
  }

  @Override
  public void write(ScannedEvent event) {
    columns.startMessage();
    byte[] id = ByteBuffer.allocate(ID_BYTES).putLong(event.idHigh).putLong(event.idLow).array();
    start(0);
    columns.addBinary(Binary.fromConstantByteArray(id));
    end(0);
    start(1);
    columns.addLong(event.millis);
    end(1);
    for (int i = 0; i < ScannedEvent.TEXTS; i++) {
      start(FIRST_TEXT + i);
      columns.addBinary(
          Binary.fromConstantByteArray(event.message, event.textStart[i], event.textLength[i]));
      end(FIRST_TEXT + i);
    }
    start(FIRST_TEXT + ScannedEvent.TEXTS);
    columns.addDouble(event.value);
    end(FIRST_TEXT + ScannedEvent.TEXTS);
    columns.endMessage();
  }

  private void start(int column) {
    columns.startField(SCHEMA.getFieldName(column), column);
  }

  private void end(int column) {
    columns.endField(SCHEMA.getFieldName(column), column);
  }
}
