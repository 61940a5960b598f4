package dev.weir.speed.source;

import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;

/**
 * Where a topic is read from when there is no checkpoint: the offset the ledger names, and the
 * beginning of every partition it does not know.
 *
 * <p>Flink's own initializer of given offsets would ask the consumer group for the others; what a
 * former job's group had read need not have been committed to the ledger.
 */
@SuppressWarnings("deprecation") // the connector's interface names Kafka's former enum
final class StartingOffsets implements OffsetsInitializer {
  private static final long serialVersionUID = 1L;

  private final HashMap<Integer, Long> nextOffsetByPartition;

  private final boolean skipsLostRecords;

  /**
   * @param skipsLostRecords go on at the oldest record where the next one is gone; also holds for
   *     offsets from a checkpoint
   */
  StartingOffsets(Map<Integer, Long> nextOffsetByPartition, boolean skipsLostRecords) {
    this.nextOffsetByPartition = new HashMap<>(nextOffsetByPartition);
    this.skipsLostRecords = skipsLostRecords;
  }

  @Override
  public Map<TopicPartition, Long> getPartitionOffsets(
      Collection<TopicPartition> partitions, PartitionOffsetsRetriever unused) {
    Map<TopicPartition, Long> offsets = new HashMap<>();
    for (TopicPartition partition : partitions) {
      offsets.put(
          partition,
          nextOffsetByPartition.getOrDefault(
              partition.partition(), KafkaPartitionSplit.EARLIEST_OFFSET));
    }
    return offsets;
  }

  @Override
  public OffsetResetStrategy getAutoOffsetResetStrategy() {
    return skipsLostRecords ? OffsetResetStrategy.EARLIEST : OffsetResetStrategy.NONE;
  }
}
