package dev.weir.speed.source;

import dev.weir.event.RawRecord;
import dev.weir.pipeline.Source.KafkaTopic;
import java.util.Map;
import java.util.Properties;
import org.apache.flink.api.connector.source.Source;
import org.apache.flink.connector.kafka.source.KafkaSource;

/** Reads one Kafka topic, all partitions, without end. */
public final class KafkaEventSource {
  private KafkaEventSource() {}

  /**
   * Defines the source.
   *
   * @param source index of the topic in {@code Pipeline.sources()}
   * @param groupId consumer group that offsets are reported to at each checkpoint, for monitoring
   *     only: the checkpoint decides where reading goes on
   * @param client further properties of the consumer, bootstrap servers among them
   * @param nextOffsetByPartition where to start without a checkpoint; other partitions start at
   *     their beginning
   * @param skipLostRecords go on at the oldest record where the next one is gone, instead of
   *     stopping the job with a {@link LostRecordsException}
   * @param keyed each partition is read by the subtask that owns its {@link PartitionKeyGroup key
   *     group}
   */
  public static Source<RawRecord, ?, ?> of(
      int source,
      KafkaTopic topic,
      String groupId,
      Properties client,
      Map<Integer, Long> nextOffsetByPartition,
      boolean skipLostRecords,
      boolean keyed) {
    Properties defaults = new Properties();
    // Records of an aborted transaction were never sent, as far as the producer is concerned.
    defaults.setProperty("isolation.level", "read_committed");
    defaults.setProperty("partition.discovery.interval.ms", "10000");
    // A backlog comes in few large portions: each costs two threads a hand-over.
    defaults.setProperty("max.poll.records", "5000");
    defaults.setProperty("max.partition.fetch.bytes", "4194304");
    // One metric per partition and consumer, each with a warning about its name.
    defaults.setProperty("register.consumer.metrics", "false");
    defaults.putAll(client);
    UnbrokenKafkaSource<RawRecord> records =
        new UnbrokenKafkaSource<>(
            KafkaSource.<RawRecord>builder()
                .setProperties(defaults)
                .setTopics(topic.topic())
                .setGroupId(groupId)
                .setClientIdPrefix(groupId)
                .setStartingOffsets(new StartingOffsets(nextOffsetByPartition, skipLostRecords))
                .setDeserializer(new RawRecordDeserializer(source))
                .build());
    return keyed ? new KeyedKafkaSource<>(records) : records;
  }
}
