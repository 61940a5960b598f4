package dev.weir.speed.dedup;

import dev.weir.archive.DuplicateKey;
import dev.weir.event.Event;
import dev.weir.speed.PipelineDeclaration;
import dev.weir.speed.RepeatedTimer;
import dev.weir.speed.commit.EpochPart;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;

/**
 * Drops an event whose original lies within the horizon in the same partition. Exact while
 * producers key their records and the number of partitions stays; costs no exchange. Events without
 * an id pass.
 *
 * <p>Which subtask reads a partition after a restart is the source's to decide, so every subtask
 * gets all memories back and keeps those of the partitions whose records it sees. The whole memory
 * is written at every checkpoint: for horizons of minutes, not of days.
 */
public final class DropPartitionDuplicates extends AbstractStreamOperator<Event>
    implements OneInputStreamOperator<Event, Event> {
  private static final long serialVersionUID = 1L;

  private final PipelineDeclaration declaration;
  private final OutputTag<EpochPart> parts;

  private transient ListState<PartitionChunk> state;
  private transient PartitionMemories memories;
  private transient DuplicateKey key;
  private transient String[] sourceNames;
  private transient DuplicateTally duplicates;

  /**
   * Drops duplicates within the horizon of that pipeline.
   *
   * @param parts side output of the epoch's counts
   */
  public DropPartitionDuplicates(PipelineDeclaration declaration, OutputTag<EpochPart> parts) {
    this.declaration = declaration;
    this.parts = parts;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    state =
        context
            .getOperatorStateStore()
            .getUnionListState(new ListStateDescriptor<>("chunks", PartitionChunk.TYPE));
  }

  @Override
  public void open() throws Exception {
    super.open();
    sourceNames = DuplicateShard.sourceNames(declaration);
    key = new DuplicateKey();
    duplicates = new DuplicateTally(sourceNames.length);
    List<PartitionChunk> restored = new ArrayList<>();
    state.get().forEach(restored::add);
    memories =
        new PartitionMemories(
            new DuplicateHorizon(declaration.pipeline().duplicates().within()),
            sourceNames,
            restored,
            nowMillis());
    getMetricGroup().gauge("rememberedEvents", () -> memories.used());
    RepeatedTimer.every(
        WorkingTime.TICK_MILLIS,
        getProcessingTimeService(),
        atMillis -> memories.tick(nowMillis()));
  }

  @Override
  public void processElement(StreamRecord<Event> element) {
    Event event = element.getValue();
    if (event.id() != null) {
      key.set(sourceNames[event.source()], event.id(), event.hourMillis());
      PartitionMemories.PartitionMemory memory =
          memories.at(event.source(), event.topic(), event.partition());
      if (!memory.remember(key.high(), key.low(), event.recordMillis(), nowMillis())) {
        duplicates.add(event.source());
        return;
      }
    }
    output.collect(element);
  }

  private long nowMillis() {
    return getProcessingTimeService().getCurrentProcessingTime();
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) {
    duplicates.send(output, parts);
  }

  @Override
  public void finish() throws Exception {
    duplicates.send(output, parts);
    super.finish();
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    state.update(
        memories.chunks(
            context.getCheckpointId(),
            getRuntimeContext().getTaskInfo().getIndexOfThisSubtask(),
            getRuntimeContext().getTaskInfo().getNumberOfParallelSubtasks()));
  }
}
