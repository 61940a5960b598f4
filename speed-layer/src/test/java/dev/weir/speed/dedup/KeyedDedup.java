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
import java.util.stream.Stream;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.runtime.state.KeyedStateBackend;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.state.rocksdb.EmbeddedRocksDBStateBackend;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;

/** {@link DropDuplicates} as a job runs it: any number of subtasks, on RocksDB. */
@SuppressWarnings("try") // Flink's harness may throw anything when it closes
final class KeyedDedup implements AutoCloseable {
  private static final int MAX = DropDuplicates.MAX_PARALLELISM;

  private final PipelineDeclaration declaration = Declared.web("topic");
  private final OutputTag<EpochPart> parts =
      new OutputTag<>("counts", EpochPartTypeInfo.of(declaration.pipeline()));
  private final DuplicateShard shard = new DuplicateShard(declaration);
  private final List<KeyedOneInputStreamOperatorTestHarness<Integer, Event, Event>> subtasks =
      new ArrayList<>();
  private OperatorSubtaskState checkpoint;
  private long nowMillis;

  private KeyedDedup(long nowMillis) {
    this.nowMillis = nowMillis;
  }

  static KeyedDedup start(int parallelism, long nowMillis, OperatorSubtaskState checkpoint)
      throws Exception {
    return start(parallelism, nowMillis, checkpoint, 0);
  }

  private static KeyedDedup start(
      int parallelism, long nowMillis, OperatorSubtaskState checkpoint, int oldParallelism)
      throws Exception {
    KeyedDedup dedup = new KeyedDedup(nowMillis);
    for (int i = 0; i < parallelism; i++) {
      var harness =
          new KeyedOneInputStreamOperatorTestHarness<>(
              new DropDuplicates(dedup.declaration, dedup.parts, Hold.NOT),
              dedup.shard,
              Types.INT,
              MAX,
              parallelism,
              i);
      harness.setStateBackend(new EmbeddedRocksDBStateBackend(true));
      harness.setProcessingTime(nowMillis);
      harness.setup(
          EventSerializer.TYPE.createSerializer(
              harness.getExecutionConfig().getSerializerConfig()));
      if (checkpoint != null) {
        harness.initializeState(
            AbstractStreamOperatorTestHarness.repartitionOperatorState(
                checkpoint, MAX, oldParallelism, parallelism, i));
      }
      harness.open();
      dedup.subtasks.add(harness);
    }
    return dedup;
  }

  /** Whether the event comes out again. */
  boolean isNew(Event event) throws Exception {
    int subtask =
        KeyGroupRangeAssignment.assignKeyToParallelOperator(
            shard.getKey(event), MAX, subtasks.size());
    var harness = subtasks.get(subtask);
    int before = harness.getOutput().size();
    harness.processElement(new StreamRecord<>(event));
    return harness.getOutput().size() > before;
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

  /** A job with that many subtasks, restored from the last snapshot. */
  KeyedDedup restartWith(int parallelism) throws Exception {
    KeyedDedup restarted = start(parallelism, nowMillis, checkpoint, subtasks.size());
    close();
    return restarted;
  }

  /** All parts sent so far, by all subtasks. */
  List<EpochPart> parts() {
    return subtasks.stream()
        .flatMap(
            subtask ->
                subtask.getSideOutput(parts) == null
                    ? Stream.empty()
                    : subtask.getSideOutput(parts).stream())
        .map(StreamRecord::getValue)
        .toList();
  }

  /** Entries of the keyed state. */
  int storedChunks() throws Exception {
    int chunks = 0;
    for (var subtask : subtasks) {
      KeyedStateBackend<Integer> backend = subtask.getOperator().getKeyedStateBackend();
      MapState<Long, byte[]> state =
          backend.getPartitionedState(
              VoidNamespace.INSTANCE,
              VoidNamespaceSerializer.INSTANCE,
              new MapStateDescriptor<>(
                  "chunks", LongSerializer.INSTANCE, BytePrimitiveArraySerializer.INSTANCE));
      for (int key : backend.getKeys("chunks", VoidNamespace.INSTANCE).toList()) {
        backend.setCurrentKey(key);
        for (Long unused : state.keys()) {
          chunks++;
        }
      }
    }
    return chunks;
  }

  @Override
  public void close() throws Exception {
    for (var subtask : subtasks) {
      subtask.close();
    }
  }
}
