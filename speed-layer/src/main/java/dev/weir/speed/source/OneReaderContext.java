package dev.weir.speed.source;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.metrics.groups.SplitEnumeratorMetricGroup;

/**
 * Shows an enumerator all readers as one, and gives each partition that it assigns to the subtask
 * that owns the partition's {@link PartitionKeyGroup key group}.
 */
final class OneReaderContext implements SplitEnumeratorContext<KafkaPartitionSplit> {
  /** The only reader. */
  static final int READER = 0;

  private final SplitEnumeratorContext<KafkaPartitionSplit> context;

  OneReaderContext(SplitEnumeratorContext<KafkaPartitionSplit> context) {
    this.context = context;
  }

  /** Whether every subtask can be assigned partitions. */
  static boolean areAllRegistered(SplitEnumeratorContext<?> context) {
    return context.registeredReaders().size() == context.currentParallelism();
  }

  @Override
  public int currentParallelism() {
    return 1;
  }

  @Override
  public Map<Integer, ReaderInfo> registeredReaders() {
    return areAllRegistered(context)
        ? Map.of(READER, context.registeredReaders().get(READER))
        : Map.of();
  }

  /**
   * Gives each partition to its owner.
   *
   * @throws IllegalStateException if a partition comes twice: read from two places, its records
   *     would be counted twice
   */
  @Override
  public void assignSplits(SplitsAssignment<KafkaPartitionSplit> assignment) {
    Map<Integer, List<KafkaPartitionSplit>> byOwner = new HashMap<>();
    Set<String> assigned = new HashSet<>();
    for (KafkaPartitionSplit split : assignment.assignment().get(READER)) {
      if (!assigned.add(split.splitId())) {
        throw new IllegalStateException(
            "the partition " + split.splitId() + " was restored more than once: " + assignment);
      }
      int owner =
          PartitionKeyGroup.subtask(
              PartitionKeyGroup.ofTopic(split.getTopic(), split.getPartition()),
              context.currentParallelism());
      byOwner.computeIfAbsent(owner, none -> new ArrayList<>()).add(split);
    }
    context.assignSplits(new SplitsAssignment<>(byOwner));
  }

  @Override
  public void signalNoMoreSplits(int reader) {
    context.registeredReaders().keySet().forEach(context::signalNoMoreSplits);
  }

  @Override
  public void sendEventToSourceReader(int reader, SourceEvent event) {
    throw new UnsupportedOperationException("readers of Kafka expect no events");
  }

  @Override
  public SplitEnumeratorMetricGroup metricGroup() {
    return context.metricGroup();
  }

  @Override
  public <T> void callAsync(Callable<T> callable, BiConsumer<T, Throwable> handler) {
    context.callAsync(callable, handler);
  }

  @Override
  public <T> void callAsync(
      Callable<T> callable, BiConsumer<T, Throwable> handler, long initialDelay, long period) {
    context.callAsync(callable, handler, initialDelay, period);
  }

  @Override
  public void runInCoordinatorThread(Runnable runnable) {
    context.runInCoordinatorThread(runnable);
  }

  @Override
  public void setIsProcessingBacklog(boolean isProcessingBacklog) {
    context.setIsProcessingBacklog(isProcessingBacklog);
  }
}
