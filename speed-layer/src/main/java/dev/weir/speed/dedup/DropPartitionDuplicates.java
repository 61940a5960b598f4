package dev.weir.speed.dedup;

import dev.weir.event.Event;
import dev.weir.pipeline.Source;
import dev.weir.speed.PipelineDeclaration;
import dev.weir.speed.RepeatedTimer;
import dev.weir.speed.commit.EpochPart;
import dev.weir.speed.dedup.PartitionChunk.Owner;
import dev.weir.speed.dedup.PartitionMemories.PartitionMemory;
import dev.weir.speed.source.PartitionKeyGroup;
import dev.weir.speed.source.PerPartition.Partition;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.util.OutputTag;

/**
 * Drops an event whose original lies within the horizon in the same partition. Exact while
 * producers key their records and the number of partitions stays. Events without an id pass.
 *
 * <p>To be keyed by {@link PartitionShard}, which costs no exchange where a partition is read by
 * the subtask that owns its key group. Events are looked up in memory only; the keyed state holds,
 * per partition, what each epoch added, and is touched at checkpoints: they write what is new.
 */
public final class DropPartitionDuplicates extends DropRemembered {
  private static final long serialVersionUID = 1L;

  private transient MapState<PartitionChunkId, byte[]> chunks;
  private transient ListState<PartitionChunk> formerChunks;
  private transient KeyGroupShards shards;
  private transient PartitionMemories memories;

  /**
   * Drops duplicates within the horizon of that pipeline.
   *
   * @param parts side output of the epoch's counts
   * @param hold for how long events may wait for others
   */
  public DropPartitionDuplicates(
      PipelineDeclaration declaration, OutputTag<EpochPart> parts, Hold hold) {
    super(declaration, parts, hold);
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    formerChunks =
        context
            .getOperatorStateStore()
            .getUnionListState(new ListStateDescriptor<>("chunks", PartitionChunk.TYPE));
  }

  @Override
  public void open() throws Exception {
    super.open();
    shards = new KeyGroupShards(PartitionKeyGroup.COUNT);
    memories =
        new PartitionMemories(
            new DuplicateHorizon(declaration.pipeline().duplicates().within()), nowMillis());
    chunks =
        getPartitionedState(
            new MapStateDescriptor<>(
                "partition-chunks",
                new PartitionChunkId.Serializer(),
                BytePrimitiveArraySerializer.INSTANCE));
    keepFormerChunks();
    restore();
    getMetricGroup().gauge("rememberedEvents", () -> memories.used());
    RepeatedTimer.every(
        WorkingTime.TICK_MILLIS,
        getProcessingTimeService(),
        atMillis -> memories.tick(nowMillis()));
  }

  /** Every subtask gets all chunks of a former version's checkpoint, and takes those it owns. */
  private void keepFormerChunks() throws Exception {
    for (PartitionChunk former : formerChunks.get()) {
      Owner owner = former.owner();
      int source = sourceOf(owner);
      if (source >= 0 && isOwn(shardOf(source, owner.topic(), owner.partition()))) {
        setCurrentKey(shards.keyOf(shardOf(source, owner.topic(), owner.partition())));
        chunks.put(new PartitionChunkId(owner, former.chunk().id()), former.chunk().toBytes());
      }
    }
    formerChunks.clear();
  }

  private void restore() throws Exception {
    for (int shard : shards.ownedBy(getRuntimeContext().getTaskInfo())) {
      setCurrentKey(shards.keyOf(shard));
      for (Map.Entry<PartitionChunkId, byte[]> entry : chunks.entries()) {
        Owner owner = entry.getKey().owner();
        int source = sourceOf(owner);
        if (source >= 0) {
          memories
              .at(source, owner.topic(), owner.partition())
              .memory()
              .restore(FingerprintChunk.of(entry.getKey().id(), entry.getValue()));
        }
      }
    }
  }

  /** Index of the source that a partition is of; negative if it is not declared any more. */
  private int sourceOf(Owner owner) {
    return sourceNames.indexOf(owner.source());
  }

  private int shardOf(int source, String topic, int partition) {
    Source declared = declaration.pipeline().sources().get(source);
    return PartitionKeyGroup.of(declared, topic, partition);
  }

  private boolean isOwn(int shard) {
    return PartitionKeyGroup.subtask(
            shard, getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks())
        == getRuntimeContext().getTaskInfo().getIndexOfThisSubtask();
  }

  @Override
  long advance(Event event, long nowMillis) {
    PartitionMemory memory = memories.at(event.source(), event.topic(), event.partition());
    if (!memory.isOwned()) {
      own(memory, event);
    }
    return memory.advance(event.recordMillis(), nowMillis);
  }

  @Override
  DuplicateMemory memoryOf(Event event, long high) {
    return memories.at(event.source(), event.topic(), event.partition()).memory();
  }

  private void own(PartitionMemory memory, Event event) {
    if (!isOwn(shardOf(event.source(), event.topic(), event.partition()))) {
      throw new IllegalStateException(
          "partition "
              + event.partition()
              + " of "
              + event.topic()
              + " came to subtask "
              + getRuntimeContext().getTaskInfo().getIndexOfThisSubtask()
              + ", where nothing is remembered of it: its source does not follow the key groups");
    }
    memory.own();
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    for (Map.Entry<Partition, List<Long>> entry : memories.takeForgotten().entrySet()) {
      update(entry.getKey(), List.of(), entry.getValue());
    }
    for (Map.Entry<Partition, PartitionMemory> entry : memories.all().entrySet()) {
      DuplicateMemory memory = entry.getValue().memory();
      update(entry.getKey(), memory.takeFresh(context.getCheckpointId()), memory.takeExpired());
    }
  }

  private void update(Partition partition, List<FingerprintChunk> fresh, List<Long> gone)
      throws Exception {
    Owner owner =
        new Owner(sourceNames.get(partition.source()), partition.topic(), partition.number());
    setCurrentKey(shards.keyOf(shardOf(partition.source(), partition.topic(), partition.number())));
    for (FingerprintChunk chunk : fresh) {
      chunks.put(new PartitionChunkId(owner, chunk.id()), chunk.toBytes());
    }
    for (long id : gone) {
      chunks.remove(new PartitionChunkId(owner, id));
    }
  }
}
