package dev.weir.benchmark.drain;

import dev.weir.benchmark.BenchmarkFailure;
import dev.weir.benchmark.stream.ExpectedTraffic;
import dev.weir.benchmark.stream.WebShopRecord;
import java.nio.charset.StandardCharsets;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Fills the topic before the drain: lz4, keyed by user, so that a resend meets its partition. */
public final class LoadTopic {
  private static final String TOPIC = "events";

  private LoadTopic() {}

  /** Sends that many records and returns what must be served of them. */
  public static ExpectedTraffic load(
      String bootstrapServers, Supplier<WebShopRecord> stream, long records) {
    ExpectedTraffic expected = new ExpectedTraffic();
    AtomicReference<Exception> failure = new AtomicReference<>();
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(
            properties(bootstrapServers), new ByteArraySerializer(), new ByteArraySerializer())) {
      for (long i = 0; i < records; i++) {
        WebShopRecord record = stream.get();
        expected.add(record);
        byte[] key = record.user().getBytes(StandardCharsets.US_ASCII);
        var unused =
            producer.send(
                new ProducerRecord<>(TOPIC, null, record.recordMillis(), key, record.json()),
                (metadata, e) -> {
                  if (e != null) {
                    failure.compareAndSet(null, e);
                  }
                });
      }
      producer.flush();
    }
    if (failure.get() != null) {
      throw new BenchmarkFailure("the broker did not take every record: " + failure.get());
    }
    return expected;
  }

  private static Properties properties(String bootstrapServers) {
    Properties properties = new Properties();
    properties.put("bootstrap.servers", bootstrapServers);
    properties.put("acks", "all");
    properties.put("compression.type", "lz4");
    properties.put("linger.ms", "10");
    properties.put("batch.size", Integer.toString(128 << 10));
    properties.put("buffer.memory", Long.toString(128L << 20));
    return properties;
  }
}
