package dev.weir.benchmark.peer.limit;

import dev.weir.benchmark.peer.work.PeerOrders;
import dev.weir.benchmark.peer.work.PeerReport;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.parquet.hadoop.ParquetWriter;

/**
 * One thread's share of the topic: read, scan, drop duplicates, add up, archive. A resend has its
 * event's key and so its partition: what this thread remembers is enough.
 */
final class DrainPartitions implements Callable<Void> {
  private static final Duration POLL = Duration.ofMillis(200);
  private static final long HAND_OVER_NANOS = 1_000_000_000;

  private final PeerOrders orders;
  private final int thread;
  private final int threads;
  private final Consumer<Totals> results;
  private final EventScanner scanner = new EventScanner();
  private final ScannedEvent event = new ScannedEvent();
  private final IdSet seen = new IdSet();
  private Totals totals = new Totals();

  /**
   * Sets up one thread.
   *
   * @param thread of so many threads
   * @param results takes what was counted, every second and at the end
   */
  DrainPartitions(PeerOrders orders, int thread, int threads, Consumer<Totals> results) {
    this.orders = orders;
    this.thread = thread;
    this.threads = threads;
    this.results = results;
  }

  /** Returns at the offset where the topic ended when this began. */
  @Override
  public Void call() throws IOException {
    Path folder = Files.createDirectories(orders.folder().resolve("archive"));
    try (KafkaConsumer<byte[], byte[]> consumer = consumer();
        ParquetWriter<ScannedEvent> archive =
            EventFile.open(folder.resolve("thread-" + thread + ".parquet"))) {
      List<TopicPartition> partitions =
          consumer.partitionsFor(orders.topic()).stream()
              .filter(p -> p.partition() % threads == thread)
              .map(p -> new TopicPartition(p.topic(), p.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      long left = consumer.endOffsets(partitions).values().stream().mapToLong(n -> n).sum();
      long handedOver = System.nanoTime();
      while (left > 0) {
        ConsumerRecords<byte[], byte[]> records = consumer.poll(POLL);
        for (ConsumerRecord<byte[], byte[]> record : records) {
          if (scanner.scan(record.value(), event) && seen.add(event.idHigh, event.idLow)) {
            totals.add(event);
            archive.write(event);
          }
        }
        left -= records.count();
        PeerReport.read(records.count());
        if (System.nanoTime() - handedOver > HAND_OVER_NANOS) {
          handOver();
          handedOver = System.nanoTime();
        }
      }
    }
    handOver();
    return null;
  }

  private void handOver() {
    results.accept(totals);
    totals = new Totals();
  }

  private KafkaConsumer<byte[], byte[]> consumer() {
    Properties properties = new Properties();
    properties.put("bootstrap.servers", orders.kafka());
    properties.put("enable.auto.commit", "false");
    properties.put("max.poll.records", "5000");
    properties.put("fetch.min.bytes", Integer.toString(128 << 10));
    properties.put("max.partition.fetch.bytes", Integer.toString(4 << 20));
    properties.put("receive.buffer.bytes", Integer.toString(1 << 20));
    return new KafkaConsumer<>(
        properties, new ByteArrayDeserializer(), new ByteArrayDeserializer());
  }
}
