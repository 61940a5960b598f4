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
 * A chunk and the partition it belongs to, as checkpoints kept it before it was keyed state.
 *
 * @param owner the partition
 */
record PartitionChunk(Owner owner, FingerprintChunk chunk) {
  static final TypeInformation<PartitionChunk> TYPE =
      new WireType<>(PartitionChunk.class, new Serializer());

  /** A partition by the name of its source, because the source's index may change. */
  record Owner(String source, String topic, int partition) {
    void write(DataOutputView target) throws IOException {
      StringValue.writeString(source, target);
      StringValue.writeString(topic, target);
      target.writeInt(partition);
    }

    static Owner read(DataInputView from) throws IOException {
      return new Owner(StringValue.readString(from), StringValue.readString(from), from.readInt());
    }
  }

  /** Field by field. */
  public static final class Serializer extends WireSerializer<PartitionChunk> {
    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(PartitionChunk chunk, DataOutputView target) throws IOException {
      chunk.owner.write(target);
      target.writeLong(chunk.chunk.id());
      byte[] bytes = chunk.chunk.toBytes();
      target.writeInt(bytes.length);
      target.write(bytes);
    }

    @Override
    public PartitionChunk deserialize(DataInputView from) throws IOException {
      Owner owner = Owner.read(from);
      long id = from.readLong();
      byte[] bytes = new byte[from.readInt()];
      from.readFully(bytes);
      return new PartitionChunk(owner, FingerprintChunk.of(id, bytes));
    }

    @Override
    public TypeSerializerSnapshot<PartitionChunk> snapshotConfiguration() {
      return new Snapshot();
    }
  }

  /** Names the serializer in a checkpoint. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<PartitionChunk> {
    /** Called by Flink. */
    public Snapshot() {
      super(Serializer::new);
    }
  }
}
