package dev.weir.benchmark.peer.flink;

import dev.weir.benchmark.peer.work.PeerOrders;
import dev.weir.benchmark.peer.work.PeerReport;
import java.time.Duration;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.connector.file.sink.FileSink;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.initializer.OffsetsInitializer;
import org.apache.flink.core.fs.Path;
import org.apache.flink.formats.parquet.avro.AvroParquetWriters;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.functions.sink.filesystem.bucketassigners.DateTimeBucketAssigner;
import org.apache.flink.streaming.api.windowing.assigners.TumblingEventTimeWindows;

/**
 * Drains the topic: every valid event to Parquet, duplicates dropped by a keyed filter, one-minute
 * windows to PostgreSQL. Orders: {@code kafka}, {@code topic}, {@code database}, {@code folder},
 * {@code state=heap|rocksdb}.
 */
public final class FlinkPeer {
  private static final int PARALLELISM = 2;
  private static final Duration OUT_OF_ORDER = Duration.ofSeconds(10);

  private FlinkPeer() {}

  public static void main(String[] arguments) throws Exception {
    PeerOrders orders = PeerOrders.of(arguments);
    StreamExecutionEnvironment environment =
        StreamExecutionEnvironment.createLocalEnvironment(PARALLELISM, FlinkSettings.of(orders));
    define(environment, orders);
    PeerReport.startTelling();
    environment.execute("drain");
    PeerReport.finished();
    System.exit(0);
  }

  private static void define(StreamExecutionEnvironment environment, PeerOrders orders) {
    // No partition is ever without records: were one taken for idle because the machine is busy,
    // what
    // it still holds would be late and lost.
    DataStream<ShopEvent> events =
        environment.fromSource(
            source(orders),
            WatermarkStrategy.<ShopEvent>forBoundedOutOfOrderness(OUT_OF_ORDER)
                .withTimestampAssigner((event, recordMillis) -> event.millis),
            "kafka");
    events
        .map(ArchivedEvent::of)
        .returns(Types.POJO(ArchivedEvent.class))
        .sinkTo(
            FileSink.forBulkFormat(
                    new Path(orders.folder().resolve("archive").toUri()),
                    AvroParquetWriters.forReflectRecord(ArchivedEvent.class))
                .withBucketAssigner(new DateTimeBucketAssigner<>("yyyy-MM-dd-HH"))
                .build());
    events
        .keyBy(event -> event.eventId)
        .filter(new DropSeenIds())
        .keyBy(
            event -> Tuple2.of(event.type, event.segment), Types.TUPLE(Types.STRING, Types.STRING))
        .window(TumblingEventTimeWindows.of(Duration.ofMinutes(1)))
        .aggregate(new AggregateTraffic(), new EmitTraffic())
        .sinkTo(new TrafficSink(orders.database()));
  }

  /** Ends where the topic ends now, which also closes the last windows. */
  private static KafkaSource<ShopEvent> source(PeerOrders orders) {
    return KafkaSource.<ShopEvent>builder()
        .setBootstrapServers(orders.kafka())
        .setTopics(orders.topic())
        .setGroupId("peer-flink-" + ProcessHandle.current().pid())
        .setStartingOffsets(OffsetsInitializer.earliest())
        .setBounded(OffsetsInitializer.latest())
        .setValueOnlyDeserializer(new ShopEventDeserializer())
        .setProperty("max.partition.fetch.bytes", Integer.toString(4 << 20))
        .setProperty("max.poll.records", "5000")
        .setProperty("fetch.min.bytes", Integer.toString(128 << 10))
        .build();
  }
}
