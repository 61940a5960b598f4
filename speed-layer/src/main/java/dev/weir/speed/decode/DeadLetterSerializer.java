package dev.weir.speed.decode;

import dev.weir.event.DeadLetter;
import dev.weir.event.RawRecord;
import dev.weir.event.RejectReason;
import dev.weir.speed.source.RawRecordSerializer;
import dev.weir.speed.source.WireSerializer;
import dev.weir.speed.source.WireType;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/** The record, the reason's name and the detail. */
public final class DeadLetterSerializer extends WireSerializer<DeadLetter> {
  private static final long serialVersionUID = 1L;

  /** Flink's description of dead letters. */
  public static final TypeInformation<DeadLetter> TYPE =
      new WireType<>(DeadLetter.class, new DeadLetterSerializer());

  private final RawRecordSerializer records = new RawRecordSerializer();

  @Override
  public void serialize(DeadLetter letter, DataOutputView target) throws IOException {
    records.serialize(letter.record(), target);
    StringValue.writeString(letter.reason().name(), target);
    StringValue.writeString(letter.detail(), target);
  }

  @Override
  public DeadLetter deserialize(DataInputView from) throws IOException {
    RawRecord record = records.deserialize(from);
    RejectReason reason = RejectReason.valueOf(StringValue.readString(from));
    return new DeadLetter(record, reason, StringValue.readString(from));
  }

  @Override
  public TypeSerializerSnapshot<DeadLetter> snapshotConfiguration() {
    return new Snapshot();
  }

  /** Names this serializer in a checkpoint. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<DeadLetter> {
    /** Called by Flink. */
    public Snapshot() {
      super(DeadLetterSerializer::new);
    }
  }
}
