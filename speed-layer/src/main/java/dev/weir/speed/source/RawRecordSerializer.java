package dev.weir.speed.source;

import dev.weir.event.RawRecord;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/**
 * Source, topic, partition, offset, record time, then the value's length (-1: null) and bytes.
 * Rarely at work: sources and decoders are chained.
 */
public final class RawRecordSerializer extends WireSerializer<RawRecord> {
  private static final long serialVersionUID = 1L;

  /** Flink's description of raw records. */
  public static final TypeInformation<RawRecord> TYPE =
      new WireType<>(RawRecord.class, new RawRecordSerializer());

  @Override
  public void serialize(RawRecord record, DataOutputView target) throws IOException {
    target.writeInt(record.source());
    StringValue.writeString(record.topic(), target);
    target.writeInt(record.partition());
    target.writeLong(record.offset());
    target.writeLong(record.recordMillis());
    byte[] value = record.value();
    if (value == null) {
      target.writeInt(-1);
    } else {
      target.writeInt(value.length);
      target.write(value);
    }
  }

  @Override
  public RawRecord deserialize(DataInputView from) throws IOException {
    int source = from.readInt();
    String topic = StringValue.readString(from);
    int partition = from.readInt();
    long offset = from.readLong();
    long recordMillis = from.readLong();
    int length = from.readInt();
    byte[] value = null;
    if (length >= 0) {
      value = new byte[length];
      from.readFully(value);
    }
    return new RawRecord(source, topic, partition, offset, recordMillis, value);
  }

  @Override
  public TypeSerializerSnapshot<RawRecord> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Names this serializer in a checkpoint. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<RawRecord> {
    /** Called by Flink. */
    public Snapshot() {
      super(RawRecordSerializer::new);
    }
  }
}
