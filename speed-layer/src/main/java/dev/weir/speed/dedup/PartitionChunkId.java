package dev.weir.speed.dedup;

import dev.weir.speed.dedup.PartitionChunk.Owner;
import dev.weir.speed.source.WireSerializer;
import java.io.IOException;
import org.apache.flink.api.common.typeutils.SimpleTypeSerializerSnapshot;
import org.apache.flink.api.common.typeutils.TypeSerializerSnapshot;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;

/**
 * Names a chunk among those of all partitions of a key group.
 *
 * @param id unique within the partition
 */
record PartitionChunkId(Owner owner, long id) {

  /** Field by field. */
  public static final class Serializer extends WireSerializer<PartitionChunkId> {
    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(PartitionChunkId chunk, DataOutputView target) throws IOException {
      chunk.owner.write(target);
      target.writeLong(chunk.id);
    }

    @Override
    public PartitionChunkId deserialize(DataInputView from) throws IOException {
      return new PartitionChunkId(Owner.read(from), from.readLong());
    }

    @Override
    public TypeSerializerSnapshot<PartitionChunkId> snapshotConfiguration() {
      return new Snapshot();
    }
  }

  /** Names the serializer in a checkpoint. */
  public static final class Snapshot extends SimpleTypeSerializerSnapshot<PartitionChunkId> {
    /** Called by Flink. */
    public Snapshot() {
      super(Serializer::new);
    }
  }
}
