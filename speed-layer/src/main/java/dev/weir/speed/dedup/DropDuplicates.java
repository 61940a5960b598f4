package dev.weir.speed.dedup;

import dev.weir.archive.DuplicateKey;
import dev.weir.event.Event;
import dev.weir.speed.MiniBatchOperator;
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
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Drops an event whose original lies within the horizon, in whichever partition either stood. To be
 * keyed by {@link DuplicateShard}. Events without an id pass.
 *
 * <p>Events are looked up in memory only. The keyed state holds, per shard, what each epoch added,
 * and is touched at checkpoints; incremental checkpoints so ship just what is new.
 */
public final class DropDuplicates extends MiniBatchOperator<Event, Event> {
  private static final long serialVersionUID = 1L;

  /** Key groups of the operator, and the most subtasks it can have. */
  public static final int MAX_PARALLELISM = PartitionKeyGroup.COUNT;

  private final PipelineDeclaration declaration;
  private final OutputTag<EpochPart> parts;

  private transient MapState<Long, byte[]> chunks;
  private transient ListState<PartitionProgress> progress;
  private transient KeyGroupShards shards;
  private transient List<Integer> ownShards;
  private transient DuplicateMemory[] memories;
  private transient SlowestPartition slowest;
  private transient DuplicateKey key;
  private transient List<String> sourceNames;
  private transient DuplicateTally duplicates;
  private transient DuplicateMemory[] memoryOf;
  private transient long[] highs;
  private transient long[] lows;
  private transient StreamRecord<Event> outgoing;

  /** Keeps the reads that look ahead from being optimized away. */
  long readAhead;

  /**
   * Drops duplicates within the horizon of that pipeline.
   *
   * @param parts side output of the epoch's counts
   * @param hold for how long events may wait for others
   */
  public DropDuplicates(PipelineDeclaration declaration, OutputTag<EpochPart> parts, Hold hold) {
    super(Event.class, hold);
    this.declaration = declaration;
    this.parts = parts;
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
    memoryOf = new DuplicateMemory[SIZE];
    highs = new long[SIZE];
    lows = new long[SIZE];
    outgoing = new StreamRecord<>(null);
    DuplicateHorizon horizon = new DuplicateHorizon(declaration.pipeline().duplicates().within());
    sourceNames = DuplicateShard.sourceNames(declaration);
    key = new DuplicateKey(sourceNames);
    shards = new KeyGroupShards(MAX_PARALLELISM);
    duplicates = new DuplicateTally(sourceNames.size());
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

  /** Nothing: the state is used at checkpoints only, so no event needs to select its key. */
  @Override
  public void setKeyContextElement(StreamRecord<Event> record) {}

  @Override
  protected void process(Event[] events, int number) {
    lookAhead(events, number);
    long nowMillis = nowMillis();
    for (int i = 0; i < number; i++) {
      Event event = events[i];
      DuplicateMemory memory = memoryOf[i];
      if (memory != null && !memory.remember(highs[i], lows[i], timeMillis(event, nowMillis))) {
        duplicates.add(event.source());
      } else {
        output.collect(outgoing.replace(event));
      }
    }
  }

  /** What is remembered lies anywhere in memory: all of it is read at once, not one after other. */
  private void lookAhead(Event[] events, int number) {
    for (int i = 0; i < number; i++) {
      Event event = events[i];
      memoryOf[i] = null;
      if (event.idUtf8() != null) {
        key.set(event.source(), event.idUtf8(), event.hourMillis());
        highs[i] = key.high();
        lows[i] = key.low();
        memoryOf[i] =
            Objects.requireNonNull(
                memories[shards.shardOf(key.high())],
                "the event belongs to a shard of another subtask");
      }
    }
    long read = 0;
    for (int i = 0; i < number; i++) {
      if (memoryOf[i] != null) {
        read ^= memoryOf[i].read(highs[i], lows[i]);
      }
    }
    readAhead = read;
  }

  private long timeMillis(Event event, long nowMillis) {
    return slowest
        .clock(event.source(), event.topic(), event.partition())
        .advance(event.recordMillis(), nowMillis);
  }

  private void tick() {
    long frontMillis = slowest.tick(nowMillis());
    for (int shard : ownShards) {
      memories[shard].forgetBefore(frontMillis);
    }
  }

  private long nowMillis() {
    return getProcessingTimeService().getCurrentProcessingTime();
  }

  @Override
  protected void endEpoch() {
    duplicates.send(output, parts);
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
