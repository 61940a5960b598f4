package dev.weir.local.part;

import dev.weir.local.runtime.LocalRuntimeException;
import dev.weir.pipeline.Pipeline;
import dev.weir.pipeline.Source;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Properties;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
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
    Properties properties = new Properties();
    properties.put("bootstrap.servers", bootstrapServers);
    try (Admin admin = Admin.create(properties)) {
      for (String topic : topics(pipeline)) {
        create(admin, topic);
      }
    }
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
