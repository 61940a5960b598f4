package dev.weir.local.produce;

import dev.weir.local.runtime.Counted;
import dev.weir.local.runtime.LocalRuntimeException;
import dev.weir.local.runtime.Progress;
import java.io.IOException;
import java.util.Locale;
import java.util.Properties;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.errors.RecordTooLargeException;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** Sends lines to a topic: idempotent, acknowledged by all replicas. */
public final class LineProducer implements AutoCloseable {
  private static final long SHOW_EVERY_NANOS = 500_000_000;

  /** As brokers and producers have it by default, with the record's key and frame. */
  private static final int RECORD_BYTES = 1 << 20;

  private final String topic;
  private final RecordKey key;
  private final KafkaProducer<byte[], byte[]> producer;
  private final AtomicReference<Failure> failure = new AtomicReference<>();
  private long sent;

  public LineProducer(String bootstrapServers, String topic, RecordKey key) {
    this.topic = topic;
    this.key = key;
    Properties properties = new Properties();
    properties.put("bootstrap.servers", bootstrapServers);
    properties.put("max.request.size", Integer.toString(RECORD_BYTES));
    properties.put("acks", "all");
    properties.put("enable.idempotence", "true");
    properties.put("linger.ms", "20");
    properties.put("batch.size", Integer.toString(128 << 10));
    properties.put("compression.type", "lz4");
    properties.put("max.block.ms", "15000");
    properties.put("delivery.timeout.ms", "60000");
    properties.put("request.timeout.ms", "20000");
    this.producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
  }

  /** Sends one line without waiting for its acknowledgement. */
  public void send(byte[] line) {
    refuseAfterFailure();
    long number = sent + 1;
    // The callback hears of every failure; flush waits.
    Future<RecordMetadata> unused =
        producer.send(
            new ProducerRecord<>(topic, key.of(line), line),
            (metadata, exception) -> {
              if (exception != null) {
                // A line may be given up before earlier ones, which are still being tried.
                failure.accumulateAndGet(
                    new Failure(number, line.length, exception), Failure::earlier);
              }
            });
    Failure first = failure.get();
    if (first == null || first.line() != number) {
      sent++;
    }
  }

  /** Lines sent so far. */
  public long sent() {
    return sent;
  }

  /** Returns when everything sent so far is acknowledged. */
  public void flush() {
    producer.flush();
    refuseAfterFailure();
  }

  /** Sends all lines, shows how many on standard error, and returns when all are acknowledged. */
  public void sendAll(LineReader lines, Pace pace) throws IOException {
    Progress progress = Progress.onStandardError();
    long start = System.nanoTime();
    long shown = start;
    try {
      for (byte[] line = lines.next(); line != null; line = lines.next()) {
        pace.awaitNext();
        send(line);
        if ((sent & 63) == 0 && System.nanoTime() - shown > SHOW_EVERY_NANOS) {
          shown = System.nanoTime();
          progress.doing(summary(start));
        }
      }
    } finally {
      // The lines before one that cannot be read are sent too, or it is said that they are not.
      flush();
    }
    progress.erase();
    System.err.println(summary(start));
  }

  private String summary(long start) {
    double seconds = Math.max(1e-3, (System.nanoTime() - start) / 1e9);
    return String.format(
        Locale.ROOT,
        "sent %s to topic %s, %,.0f a second",
        Counted.of(sent, "line"),
        topic,
        sent / seconds);
  }

  private void refuseAfterFailure() {
    Failure first = failure.get();
    if (first == null) {
      return;
    }
    // One that is too long for the producer is refused at once; one for the topic, later.
    if (first.line() > sent && first.cause() instanceof RecordTooLargeException) {
      throw new LocalRuntimeException(
          String.format(
              Locale.ROOT,
              "Line %,d has %,d bytes, and Kafka takes no record of more than %,d. The lines"
                  + " before it (%,d) were sent, and none after it. Shorten it, and send the rest, from"
                  + " that line on, by itself.",
              first.line(),
              first.bytes(),
              RECORD_BYTES,
              sent),
          first.cause());
    }
    throw new LocalRuntimeException(
        ("Kafka did not take every line; the first was line %d (%s). Is it running? weir status with"
                + " the same --data tells. Lines that were taken before are kept.")
            .formatted(first.line(), first.cause().getMessage()),
        first.cause());
  }

  /** The first line that was not taken, counted from 1. */
  private record Failure(long line, int bytes, Exception cause) {
    /** The earlier one; the first of them may be null. */
    static Failure earlier(Failure known, Failure another) {
      return known == null || another.line() < known.line() ? another : known;
    }
  }

  @Override
  public void close() {
    producer.close();
  }
}
