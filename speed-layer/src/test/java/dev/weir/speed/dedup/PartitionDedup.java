package dev.weir.speed.dedup;

import dev.weir.event.Event;
import dev.weir.speed.Declared;
import dev.weir.speed.MiniBatchOperator.Hold;
import dev.weir.speed.PipelineDeclaration;
import dev.weir.speed.commit.EpochPart;
import dev.weir.speed.commit.EpochPartTypeInfo;
import dev.weir.speed.decode.EventSerializer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;

/** {@link DropPartitionDuplicates} as a job runs it: any number of subtasks, on RocksDB. */
@SuppressWarnings("try") // Flink's harness may throw anything when it closes
final class PartitionDedup implements AutoCloseable {
  private static final int MAX = DropDuplicates.MAX_PARALLELISM;

  private final PartitionShard shard = new PartitionShard(Declared.web("partition"));
  private final List<KeyedOneInputStreamOperatorTestHarness<Integer, Event, Event>> subtasks =
      new ArrayList<>();
  private final List<DropPartitionDuplicates> operators = new ArrayList<>();
  private OperatorSubtaskState checkpoint;
  private long nowMillis;

  private PartitionDedup(long nowMillis) {
    this.nowMillis = nowMillis;
  }

  static PartitionDedup start(int parallelism, long nowMillis) throws Exception {
    return start(parallelism, nowMillis, null, 0);
  }

  /** One subtask that looks up several events together. */
  static PartitionDedup inBatches(long nowMillis) throws Exception {
    return start(1, nowMillis, null, 0, Hold.WITHIN_INPUT);
  }

  /**
   * @param checkpoint of that many subtasks, to be restored
   */
  static PartitionDedup start(
      int parallelism, long nowMillis, OperatorSubtaskState checkpoint, int oldParallelism)
      throws Exception {
    return start(parallelism, nowMillis, checkpoint, oldParallelism, Hold.NOT);
  }

  private static PartitionDedup start(
      int parallelism,
      long nowMillis,
      OperatorSubtaskState checkpoint,
      int oldParallelism,
      Hold hold)
      throws Exception {
    PartitionDedup dedup = new PartitionDedup(nowMillis);
    for (int i = 0; i < parallelism; i++) {
      DropPartitionDuplicates operator = operator(hold);
      var harness = harness(operator, dedup.shard, parallelism, i, nowMillis);
      if (checkpoint != null) {
        harness.initializeState(
            AbstractStreamOperatorTestHarness.repartitionOperatorState(
                checkpoint, MAX, oldParallelism, parallelism, i));
      }
      harness.open();
      dedup.subtasks.add(harness);
      dedup.operators.add(operator);
    }
    return dedup;
  }

  private static DropPartitionDuplicates operator(Hold hold) {
    PipelineDeclaration declaration = Declared.web("partition");
    OutputTag<EpochPart> parts =
        new OutputTag<>("counts", EpochPartTypeInfo.of(declaration.pipeline()));
    return new DropPartitionDuplicates(declaration, parts, hold);
  }

  private static KeyedOneInputStreamOperatorTestHarness<Integer, Event, Event> harness(
      OneInputStreamOperator<Event, Event> operator,
      PartitionShard shard,
      int parallelism,
      int subtask,
      long nowMillis)
      throws Exception {
    var harness =
        new KeyedOneInputStreamOperatorTestHarness<>(
            operator, shard, Types.INT, MAX, parallelism, subtask);
    harness.setStateBackend(new EmbeddedRocksDBStateBackend(true));
    harness.setProcessingTime(nowMillis);
    harness.setup(
        EventSerializer.TYPE.createSerializer(harness.getExecutionConfig().getSerializerConfig()));
    return harness;
  }

  /** Whether an event comes out again of the subtask that owns its partition. */
  boolean isNew(Event event) throws Exception {
    return isNew(
        KeyGroupRangeAssignment.assignKeyToParallelOperator(
            shard.getKey(event), MAX, subtasks.size()),
        event);
  }

  /** Whether an event read by that subtask comes out again. */
  boolean isNew(int subtask, Event event) throws Exception {
    var output = subtasks.get(subtask).getOutput();
    output.clear();
    // As a task does; the harness would select a key for every record.
    operators.get(subtask).processElement(new StreamRecord<>(event));
    return !output.isEmpty();
  }

  /** What comes out of the only subtask by a barrier. */
  List<Event> originals(List<Event> events) throws Exception {
    var subtask = subtasks.get(0);
    subtask.getOutput().clear();
    for (Event event : events) {
      operators.get(0).processElement(new StreamRecord<>(event));
    }
    subtask.prepareSnapshotPreBarrier(1);
    return subtask.extractOutputValues();
  }

  long nowMillis() {
    return nowMillis;
  }

  void passTime(Duration duration) throws Exception {
    for (long end = nowMillis + duration.toMillis(); nowMillis < end; ) {
      nowMillis = Math.min(end, nowMillis + 1_000);
      for (var subtask : subtasks) {
        subtask.setProcessingTime(nowMillis);
      }
    }
  }

  void snapshot(long checkpointId) throws Exception {
    List<OperatorSubtaskState> states = new ArrayList<>();
    for (var subtask : subtasks) {
      subtask.prepareSnapshotPreBarrier(checkpointId);
      states.add(subtask.snapshot(checkpointId, nowMillis));
    }
    checkpoint =
        AbstractStreamOperatorTestHarness.repackageState(
            states.toArray(OperatorSubtaskState[]::new));
  }

  /**
   * Takes the last snapshot for complete; the next one is based on it, and of no use to restore.
   */
  void complete(long checkpointId) throws Exception {
    for (var subtask : subtasks) {
      subtask.notifyOfCompletedCheckpoint(checkpointId);
    }
  }

  PartitionDedup restartWith(int parallelism) throws Exception {
    PartitionDedup restarted = start(parallelism, nowMillis, checkpoint, subtasks.size());
    close();
    return restarted;
  }

  /** Bytes that the last snapshot wrote. */
  long writtenBytes() {
    return checkpoint.getCheckpointedSize();
  }

  /** Entries of the keyed state. */
  int storedChunks() throws Exception {
    int chunks = 0;
    for (var subtask : subtasks) {
      KeyedStateBackend<Integer> backend = subtask.getOperator().getKeyedStateBackend();
      MapState<PartitionChunkId, byte[]> state =
          backend.getPartitionedState(
              VoidNamespace.INSTANCE,
              VoidNamespaceSerializer.INSTANCE,
              new MapStateDescriptor<>(
                  "partition-chunks",
                  new PartitionChunkId.Serializer(),
                  BytePrimitiveArraySerializer.INSTANCE));
      for (int key : backend.getKeys("partition-chunks", VoidNamespace.INSTANCE).toList()) {
        backend.setCurrentKey(key);
        for (PartitionChunkId unused : state.keys()) {
          chunks++;
        }
      }
    }
    return chunks;
  }

  /** Entries of the state that a former version kept, in the last snapshot. */
  int formerChunks() {
    return checkpoint.getManagedOperatorState().stream()
        .map(handle -> handle.getStateNameToPartitionOffsets().get("chunks"))
        .mapToInt(chunks -> chunks == null ? 0 : chunks.getOffsets().length)
        .sum();
  }

  @Override
  public void close() throws Exception {
    for (var subtask : subtasks) {
      subtask.close();
    }
  }
}
