package dev.weir.benchmark.freshness;

import dev.weir.benchmark.BenchmarkFailure;
import dev.weir.benchmark.stream.ExpectedTraffic;
import dev.weir.benchmark.stream.WebShopRecord;
import dev.weir.benchmark.stream.WebShopStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.locks.LockSupport;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends events at a steady rate, and a probe now and then, until it is told to stop. Batches are
 * lz4 and linger for up to 5 ms, as the peers' producer has them.
 */
public final class SteadyTraffic implements Callable<ExpectedTraffic> {
  private static final String TOPIC = "events";
  private static final long SEED = 42;
  private static final long PAUSE_NANOS = 2_000_000;

  /** Not a divisor of the live interval or of a second: probes come at any moment of either. */
  private static final long NANOS_BETWEEN_PROBES = 133_700_000;

  private final Properties properties = new Properties();
  private final int rate;
  private final Probes probes;
  private final ExpectedTraffic expected = new ExpectedTraffic();
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private volatile boolean stopping;
  private volatile long sent;

  /**
   * Prepares a stream; nothing is sent yet.
   *
   * @param rate events a second, duplicates and malformed ones included
   */
  public SteadyTraffic(String bootstrapServers, int rate, Probes probes) {
    this.rate = rate;
    this.probes = probes;
    properties.put("bootstrap.servers", bootstrapServers);
    properties.put("acks", "all");
    properties.put("compression.type", "lz4");
    properties.put("linger.ms", "5");
    properties.put("batch.size", Integer.toString(64 << 10));
  }

  /** Sends until stopped, and returns what must be served of it. */
  @Override
  public ExpectedTraffic call() {
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      send(producer);
      producer.flush();
    }
    if (failure.get() != null) {
      throw new BenchmarkFailure("the broker did not take every record: " + failure.get());
    }
    return expected;
  }

  private void send(KafkaProducer<byte[], byte[]> producer) {
    WebShopStream stream = new WebShopStream(SEED, Instant.now(), rate, Duration.ofSeconds(1));
    long startNanos = System.nanoTime();
    long nextProbeNanos = startNanos;
    int partition = 0;
    long count = 0;
    while (!stopping && failure.get() == null) {
      long nowNanos = System.nanoTime();
      long due = (long) ((nowNanos - startNanos) / 1e9 * rate);
      for (; count < due; count++) {
        send(producer, stream.next());
      }
      sent = count;
      if (nowNanos >= nextProbeNanos) {
        sendProbe(producer, partition);
        partition = (partition + 1) % probes.partitions();
        nextProbeNanos += NANOS_BETWEEN_PROBES;
      }
      LockSupport.parkNanos(PAUSE_NANOS);
    }
  }

  private void send(KafkaProducer<byte[], byte[]> producer, WebShopRecord record) {
    expected.add(record);
    byte[] key = record.user().getBytes(StandardCharsets.US_ASCII);
    send(producer, new ProducerRecord<>(TOPIC, null, record.recordMillis(), key, record.json()));
  }

  private void sendProbe(KafkaProducer<byte[], byte[]> producer, int partition) {
    long millis = System.currentTimeMillis();
    byte[] json = ProbeEvent.json(partition, millis);
    expected.count(ProbeEvent.series(partition, millis), ProbeEvent.VALUE_CENTS);
    probes.sending(partition, System.nanoTime());
    send(producer, new ProducerRecord<>(TOPIC, partition, millis, null, json));
  }

  private void send(KafkaProducer<byte[], byte[]> producer, ProducerRecord<byte[], byte[]> record) {
    var unused =
        producer.send(
            record,
            (metadata, e) -> {
              if (e != null) {
                failure.compareAndSet(null, e);
              }
            });
  }

  /** Events given to the producer so far, probes aside. */
  public long sent() {
    return sent;
  }

  public void stop() {
    stopping = true;
  }
}
