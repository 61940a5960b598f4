package dev.weir.speed.dedup;

import static dev.weir.speed.dedup.DedupEvents.MIDNIGHT;

import dev.weir.archive.DuplicateKey;
import dev.weir.event.Event;
import dev.weir.speed.decode.EventSerializer;
import dev.weir.speed.dedup.PartitionChunk.Owner;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.List;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;

/** Checkpoints of the version that kept all chunks of all partitions as union list state. */
@SuppressWarnings("try") // Flink's harness may throw anything when it closes
final class FormerCheckpoint {
  private FormerCheckpoint() {}

  static OperatorSubtaskState of(List<PartitionChunk> chunks) throws Exception {
    try (var harness =
        new OneInputStreamOperatorTestHarness<>(
            new Former(), DropDuplicates.MAX_PARALLELISM, 1, 0)) {
      harness.setup(EventSerializer.TYPE.createSerializer(null));
      harness.open();
      ((Former) harness.getOperator()).state.addAll(chunks);
      return harness.snapshot(1, MIDNIGHT);
    }
  }

  /** Events of the hour after midnight, seen at its beginning. */
  static PartitionChunk chunk(String source, int partition, long id, List<String> ids) {
    DuplicateHorizon horizon = new DuplicateHorizon(Duration.ofHours(1));
    DuplicateKey key = new DuplicateKey(List.of(source));
    ByteBuffer fingerprints = ByteBuffer.allocate(2 * Long.BYTES * ids.size());
    for (String each : ids) {
      Event event = DedupEvents.event(each, partition, 0, MIDNIGHT);
      key.set(0, event.idUtf8(), event.hourMillis());
      fingerprints.putLong(key.high()).putLong(key.low());
    }
    return new PartitionChunk(
        new Owner(source, "clicks", partition),
        new FingerprintChunk(
            id, horizon.endMillis(horizon.sliceOf(MIDNIGHT)), fingerprints.array()));
  }

  private static final class Former extends AbstractStreamOperator<Event>
      implements OneInputStreamOperator<Event, Event> {
    private static final long serialVersionUID = 1L;

    private transient ListState<PartitionChunk> state;

    @Override
    public void initializeState(StateInitializationContext context) throws Exception {
      super.initializeState(context);
      state =
          context
              .getOperatorStateStore()
              .getUnionListState(new ListStateDescriptor<>("chunks", PartitionChunk.TYPE));
    }

    @Override
    public void processElement(StreamRecord<Event> element) {}
  }
}
