package dev.weir.local.part;

import dev.weir.local.runtime.LocalRuntimeException;
import dev.weir.pipeline.Pipeline;
import dev.weir.pipeline.Source;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.admin.OffsetSpec;
import org.apache.kafka.clients.admin.TopicDescription;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TopicExistsException;

/** The topics of a pipeline's sources. */
public final class Topics {
  private static final int PARTITIONS = 4;

  private final String bootstrapServers;

  public Topics(String bootstrapServers) {
    this.bootstrapServers = bootstrapServers;
  }

  /** Creates those that do not exist, with four partitions. */
  public void create(Pipeline pipeline) {
    try (Admin admin = admin()) {
      for (String topic : topics(pipeline)) {
        create(admin, topic);
      }
    }
  }

  /** For each partition of the sources' topics: the offset after its last record. */
  public Map<TopicPartition, Long> endOffsets(Pipeline pipeline) {
    try (Admin admin = admin()) {
      Map<TopicPartition, OffsetSpec> wanted = new HashMap<>();
      for (TopicDescription topic :
          admin.describeTopics(topics(pipeline)).allTopicNames().get().values()) {
        topic
            .partitions()
            .forEach(
                p ->
                    wanted.put(
                        new TopicPartition(topic.name(), p.partition()), OffsetSpec.latest()));
      }
      Map<TopicPartition, Long> ends = new HashMap<>();
      admin
          .listOffsets(wanted)
          .all()
          .get()
          .forEach((partition, result) -> ends.put(partition, result.offset()));
      return ends;
    } catch (ExecutionException e) {
      throw new LocalRuntimeException(
          "Kafka does not tell its offsets: " + e.getCause().getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LocalRuntimeException("Interrupted.", e);
    }
  }

  private Admin admin() {
    Properties properties = new Properties();
    properties.put("bootstrap.servers", bootstrapServers);
    properties.put("default.api.timeout.ms", "20000");
    properties.put("request.timeout.ms", "10000");
    return Admin.create(properties);
  }

  private static Set<String> topics(Pipeline pipeline) {
    Set<String> topics = new LinkedHashSet<>();
    for (Source source : pipeline.sources()) {
      if (source instanceof Source.KafkaTopic kafka) {
        topics.add(kafka.topic());
      }
    }
    return topics;
  }

  private static void create(Admin admin, String topic) {
    try {
      admin.createTopics(List.of(new NewTopic(topic, PARTITIONS, (short) 1))).all().get();
    } catch (ExecutionException e) {
      if (!(e.getCause() instanceof TopicExistsException)) {
        throw new LocalRuntimeException(
            "Cannot create topic " + topic + ": " + e.getCause().getMessage(), e);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new LocalRuntimeException("Interrupted.", e);
    }
  }
}
