package dev.weir.speed.source;

import java.io.IOException;
import java.util.List;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;

/**
 * Flink's Kafka enumerator, which finds partitions and remembers where to start them, in front of
 * {@link OneReaderContext one reader}: all subtasks together, there once all are registered.
 *
 * <p>What readers bring back from a checkpoint is unassigned again: until every owner is there, the
 * enumerator keeps it, with its offsets, and in its own part of a checkpoint.
 */
final class KeyedKafkaEnumerator
    implements SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> {
  private final SplitEnumeratorContext<KafkaPartitionSplit> context;
  private final SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> enumerator;

  /**
   * @param context with all readers
   * @param enumerator in a {@link OneReaderContext} of it
   */
  KeyedKafkaEnumerator(
      SplitEnumeratorContext<KafkaPartitionSplit> context,
      SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> enumerator) {
    this.context = context;
    this.enumerator = enumerator;
  }

  @Override
  public void addReader(int subtask) {
    List<KafkaPartitionSplit> restored =
        context.registeredReaders().get(subtask).getReportedSplitsOnRegistration();
    if (!restored.isEmpty()) {
      addSplitsBack(restored, subtask);
    }
    if (OneReaderContext.areAllRegistered(context)) {
      enumerator.addReader(OneReaderContext.READER);
    }
  }

  @Override
  public void addSplitsBack(List<KafkaPartitionSplit> splits, int subtask) {
    enumerator.addSplitsBack(splits, OneReaderContext.READER);
  }

  @Override
  public void start() {
    enumerator.start();
  }

  @Override
  public void handleSplitRequest(int subtask, String host) {
    enumerator.handleSplitRequest(OneReaderContext.READER, host);
  }

  @Override
  public void handleSourceEvent(int subtask, SourceEvent event) {
    enumerator.handleSourceEvent(OneReaderContext.READER, event);
  }

  @Override
  public KafkaSourceEnumState snapshotState(long checkpointId) throws Exception {
    return enumerator.snapshotState(checkpointId);
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) throws Exception {
    enumerator.notifyCheckpointComplete(checkpointId);
  }

  @Override
  public void notifyCheckpointAborted(long checkpointId) throws Exception {
    enumerator.notifyCheckpointAborted(checkpointId);
  }

  @Override
  public void close() throws IOException {
    enumerator.close();
  }
}
