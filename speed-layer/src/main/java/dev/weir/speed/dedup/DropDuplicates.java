package dev.weir.speed.dedup;

import dev.weir.event.Event;
import dev.weir.speed.PipelineDeclaration;
import dev.weir.speed.RepeatedTimer;
import dev.weir.speed.commit.EpochPart;
import dev.weir.speed.source.PartitionKeyGroup;
import dev.weir.speed.source.PerPartition.Partition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.util.OutputTag;

/**
 * Drops an event whose original lies within the horizon, in whichever partition either stood. To be
 * keyed by {@link DuplicateShard}. Events without an id pass.
 *
 * <p>Events are looked up in memory only. The keyed state holds, per shard, what each epoch added,
 * and is touched at checkpoints; incremental checkpoints so ship just what is new.
 */
public final class DropDuplicates extends DropRemembered {
  private static final long serialVersionUID = 1L;

  /** Key groups of the operator, and the most subtasks it can have. */
  public static final int MAX_PARALLELISM = PartitionKeyGroup.COUNT;

  private transient MapState<Long, byte[]> chunks;
  private transient ListState<PartitionProgress> progress;
  private transient KeyGroupShards shards;
  private transient List<Integer> ownShards;
  private transient DuplicateMemory[] memories;
  private transient SlowestPartition slowest;

  /**
   * Drops duplicates within the horizon of that pipeline.
   *
   * @param parts side output of the epoch's counts
   * @param hold for how long events may wait for others
   */
  public DropDuplicates(PipelineDeclaration declaration, OutputTag<EpochPart> parts, Hold hold) {
    super(declaration, parts, hold);
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    progress =
        context
            .getOperatorStateStore()
            .getUnionListState(
                new ListStateDescriptor<>("partition-progress", PartitionProgress.TYPE));
  }

  @Override
  public void open() throws Exception {
    super.open();
    DuplicateHorizon horizon = new DuplicateHorizon(declaration.pipeline().duplicates().within());
    shards = new KeyGroupShards(MAX_PARALLELISM);
    slowest = new SlowestPartition(horizon, nowMillis());
    for (PartitionProgress known : progress.get()) {
      int source = sourceNames.indexOf(known.source());
      if (source >= 0) {
        slowest.clock(source, known.topic(), known.partition()).restore(known.millis());
      }
    }
    chunks =
        getPartitionedState(
            new MapStateDescriptor<>(
                "chunks", LongSerializer.INSTANCE, BytePrimitiveArraySerializer.INSTANCE));
    memories = new DuplicateMemory[MAX_PARALLELISM];
    ownShards = shards.ownedBy(getRuntimeContext().getTaskInfo());
    for (int shard : ownShards) {
      memories[shard] = new DuplicateMemory(horizon);
      setCurrentKey(shards.keyOf(shard));
      for (Map.Entry<Long, byte[]> chunk : chunks.entries()) {
        memories[shard].restore(FingerprintChunk.of(chunk.getKey(), chunk.getValue()));
      }
    }
    getMetricGroup()
        .gauge(
            "rememberedEvents",
            () -> ownShards.stream().mapToLong(shard -> memories[shard].used()).sum());
    RepeatedTimer.every(WorkingTime.TICK_MILLIS, getProcessingTimeService(), atMillis -> tick());
  }

  @Override
  long advance(Event event, long nowMillis) {
    return slowest
        .clock(event.source(), event.topic(), event.partition())
        .advance(event.recordMillis(), nowMillis);
  }

  @Override
  DuplicateMemory memoryOf(Event event, long high) {
    return Objects.requireNonNull(
        memories[shards.shardOf(high)], "the event belongs to a shard of another subtask");
  }

  private void tick() {
    long frontMillis = slowest.tick(nowMillis());
    for (int shard : ownShards) {
      memories[shard].forgetBefore(frontMillis);
    }
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    for (int shard : ownShards) {
      setCurrentKey(shards.keyOf(shard));
      for (FingerprintChunk chunk : memories[shard].takeFresh(context.getCheckpointId())) {
        chunks.put(chunk.id(), chunk.toBytes());
      }
      for (long expired : memories[shard].takeExpired()) {
        chunks.remove(expired);
      }
    }
    List<PartitionProgress> known = new ArrayList<>();
    for (Map.Entry<Partition, PartitionClock> entry : slowest.all().entrySet()) {
      Partition partition = entry.getKey();
      known.add(
          new PartitionProgress(
              sourceNames.get(partition.source()),
              partition.topic(),
              partition.number(),
              entry.getValue().progressMillis()));
    }
    progress.update(known);
  }
}
