package dev.weir.faults.stream;

import dev.weir.oracle.SeededStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * Sends a {@link SeededStream} to Kafka at an even pace, whatever happens to the broker: each line
 * arrives exactly once (idempotent, retried without end).
 */
public final class StreamProducer implements AutoCloseable {
  private static final long TICK_MILLIS = 100;

  private final SeededStream stream;
  private final String topic;
  private final int linesPerTick;
  private final KafkaProducer<byte[], byte[]> kafka;
  private final Thread thread = new Thread(this::run, "stream-producer");
  private final AtomicReference<Exception> failure = new AtomicReference<>();
  private volatile long sent;
  private volatile long unique;
  private boolean paused = true;
  private boolean idle = true;
  private boolean closed;

  /** A producer that is paused. */
  public StreamProducer(
      SeededStream stream, String bootstrapServers, String topic, int linesPerSecond) {
    this.stream = stream;
    this.topic = topic;
    this.linesPerTick = Math.max(1, (int) (linesPerSecond * TICK_MILLIS / 1000));
    Properties properties = new Properties();
    properties.put("bootstrap.servers", bootstrapServers);
    properties.put("acks", "all");
    properties.put("enable.idempotence", "true");
    properties.put("max.block.ms", Long.toString(Long.MAX_VALUE));
    properties.put("delivery.timeout.ms", Integer.toString(Integer.MAX_VALUE));
    properties.put("request.timeout.ms", "5000");
    properties.put("reconnect.backoff.max.ms", "1000");
    this.kafka =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer());
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    try {
      while (awaitTurn()) {
        List<String> lines = stream.next(linesPerTick);
        sent = stream.produced();
        unique = stream.unique();
        for (String line : lines) {
          Future<RecordMetadata> unused =
              kafka.send(
                  new ProducerRecord<>(topic, line.getBytes(StandardCharsets.UTF_8)),
                  (metadata, e) -> {
                    if (e != null) {
                      failure.compareAndSet(null, e);
                    }
                  });
        }
        Thread.sleep(TICK_MILLIS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException e) {
      failure.compareAndSet(null, e);
    } finally {
      synchronized (this) {
        closed = true;
        idle = true;
        notifyAll();
      }
    }
  }

  private synchronized boolean awaitTurn() throws InterruptedException {
    while (paused && !closed) {
      idle = true;
      notifyAll();
      wait();
    }
    idle = false;
    return !closed;
  }

  public synchronized void resume() {
    paused = false;
    notifyAll();
  }

  /**
   * Returns when every line so far is acknowledged; the stream may be asked for its truth until
   * {@link #resume}.
   */
  public void pause() throws InterruptedException {
    synchronized (this) {
      paused = true;
      while (!idle) {
        wait();
      }
    }
    kafka.flush();
    Exception cause = failure.get();
    if (cause != null) {
      throw new IllegalStateException("Kafka did not take every line: " + cause, cause);
    }
  }

  /** Lines handed to Kafka so far, or about to be. */
  public long sent() {
    return sent;
  }

  /** Valid events among them, without their duplicates. */
  public long unique() {
    return unique;
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
      notifyAll();
    }
    thread.interrupt();
    kafka.close(java.time.Duration.ofSeconds(1));
  }
}
