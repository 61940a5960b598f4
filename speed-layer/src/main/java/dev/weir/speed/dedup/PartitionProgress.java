package dev.weir.speed.dedup;

import dev.weir.speed.source.WireSerializer;
import dev.weir.speed.source.WireType;
import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;

/**
 * How far a subtask had seen a partition, as a checkpoint keeps it.
 *
 * @param source name of the source, because its index may change
 * @param millis record time, epoch milliseconds
 */
record PartitionProgress(String source, String topic, int partition, long millis) {
  static final TypeInformation<PartitionProgress> TYPE =
      new WireType<>(PartitionProgress.class, new Serializer());

  /** Field by field. */
  public static final class Serializer extends WireSerializer<PartitionProgress> {
    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(PartitionProgress progress, DataOutputView target) throws IOException {
      StringValue.writeString(progress.source, target);
      StringValue.writeString(progress.topic, target);
      target.writeInt(progress.partition);
      target.writeLong(progress.millis);
    }

    @Override
    public PartitionProgress deserialize(DataInputView from) throws IOException {
      return new PartitionProgress(
          StringValue.readString(from),
          StringValue.readString(from),
          from.readInt(),
          from.readLong());
    }

    @Override
    public TypeSerializerSnapshot<PartitionProgress> snapshotConfiguration() {
      return new Snapshot();
    }
  }

  /** Names the serializer in a checkpoint. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<PartitionProgress> {
    /** Called by Flink. */
    public Snapshot() {
      super(Serializer::new);
    }
  }
}
