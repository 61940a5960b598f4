package dev.weir.speed.dedup;

import dev.weir.event.Event;
import dev.weir.speed.Declared;
import dev.weir.speed.PipelineDeclaration;
import dev.weir.speed.commit.EpochPart;
import dev.weir.speed.commit.EpochPartTypeInfo;
import dev.weir.speed.decode.EventSerializer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;

/** {@link DropPartitionDuplicates} as a job runs it, with any number of subtasks. */
@SuppressWarnings("try") // Flink's harness may throw anything when it closes
final class PartitionDedup implements AutoCloseable {
  private static final int MAX = DropDuplicates.MAX_PARALLELISM;

  private final List<OneInputStreamOperatorTestHarness<Event, Event>> subtasks = new ArrayList<>();
  private OperatorSubtaskState checkpoint;
  private long nowMillis;

  private PartitionDedup(long nowMillis) {
    this.nowMillis = nowMillis;
  }

  static PartitionDedup start(int parallelism, long nowMillis) throws Exception {
    return start(parallelism, nowMillis, null, 0);
  }

  private static PartitionDedup start(
      int parallelism, long nowMillis, OperatorSubtaskState checkpoint, int oldParallelism)
      throws Exception {
    PipelineDeclaration declaration = Declared.web("partition");
    OutputTag<EpochPart> parts =
        new OutputTag<>("counts", EpochPartTypeInfo.of(declaration.pipeline()));
    PartitionDedup dedup = new PartitionDedup(nowMillis);
    for (int i = 0; i < parallelism; i++) {
      var harness =
          new OneInputStreamOperatorTestHarness<Event, Event>(
              new DropPartitionDuplicates(declaration, parts), MAX, parallelism, i);
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

  /** Whether an event read by that subtask comes out again. */
  boolean isNew(int subtask, Event event) throws Exception {
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

  PartitionDedup restartWith(int parallelism) throws Exception {
    PartitionDedup restarted = start(parallelism, nowMillis, checkpoint, subtasks.size());
    close();
    return restarted;
  }

  /** Chunks in the last snapshot. */
  int storedChunks() {
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
