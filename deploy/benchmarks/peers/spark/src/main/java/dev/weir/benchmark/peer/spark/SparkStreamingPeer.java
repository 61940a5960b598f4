package dev.weir.benchmark.peer.spark;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_format;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.window;

import dev.weir.benchmark.peer.work.PeerOrders;
import dev.weir.benchmark.peer.work.PeerReport;
import dev.weir.benchmark.peer.work.TrafficTable;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.concurrent.TimeoutException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.streaming.StreamingQuery;
import org.apache.spark.sql.streaming.StreamingQueryException;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Drains the topic with two queries: one aggregates and upserts the changed rows of each
 * micro-batch, the other archives every valid event. Orders: {@code kafka}, {@code topic}, {@code
 * database}, {@code folder}.
 */
public final class SparkStreamingPeer {
  private static final int SHUFFLE_PARTITIONS = 2;
  private static final String AGGREGATION = "aggregation";

  private static final StructType EVENT =
      new StructType()
          .add("event_id", DataTypes.StringType)
          .add("timestamp", DataTypes.TimestampType)
          .add("source", DataTypes.StringType)
          .add("event_type", DataTypes.StringType)
          .add("user_segment", DataTypes.StringType)
          .add("route", DataTypes.StringType)
          .add("user_id", DataTypes.StringType)
          .add("value", DataTypes.DoubleType);

  private final PeerOrders orders;
  private final SparkSession spark;

  private SparkStreamingPeer(PeerOrders orders, SparkSession spark) {
    this.orders = orders;
    this.spark = spark;
  }

  public static void main(String[] arguments) throws Exception {
    PeerOrders orders = PeerOrders.of(arguments);
    PeerReport.startTelling();
    SparkSession spark = Sessions.start(orders.folder(), SHUFFLE_PARTITIONS);
    CountProgress progress = new CountProgress(AGGREGATION);
    spark.streams().addListener(progress);
    new SparkStreamingPeer(orders, spark).drain();
    // The listener hears of the last micro-batch from another thread, in order.
    spark.stop();
    PeerReport.finished();
    System.exit(0);
  }

  private void drain() throws TimeoutException, StreamingQueryException {
    StreamingQuery archive = archive();
    StreamingQuery aggregation = aggregate();
    aggregation.processAllAvailable();
    archive.processAllAvailable();
    aggregation.stop();
    archive.stop();
  }

  private StreamingQuery archive() throws TimeoutException {
    Path folder = orders.folder();
    return events()
        .withColumn("hour", date_format(col("timestamp"), "yyyy-MM-dd-HH"))
        .writeStream()
        .queryName("archive")
        .format("parquet")
        .option("compression", "zstd")
        .option("path", folder.resolve("archive").toString())
        .option("checkpointLocation", folder.resolve("archive-checkpoints").toString())
        .partitionBy("hour")
        .start();
  }

  private StreamingQuery aggregate() throws TimeoutException {
    String database = orders.database();
    return events()
        .withWatermark("timestamp", "10 seconds")
        .dropDuplicatesWithinWatermark(new String[] {"event_id"})
        .groupBy(window(col("timestamp"), "1 minute"), col("event_type"), col("user_segment"))
        .agg(TrafficQuery.COUNT, TrafficQuery.measures())
        .selectExpr(
            "window.start",
            "event_type",
            "user_segment",
            "event_count",
            "value_sum",
            "value_min",
            "value_max",
            "value_p95")
        .writeStream()
        .queryName(AGGREGATION)
        .outputMode("update")
        .option("checkpointLocation", orders.folder().resolve("checkpoints").toString())
        .foreachBatch((Dataset<Row> changed, Long batch) -> upsert(database, changed))
        .start();
  }

  private static void upsert(String database, Dataset<Row> changed) throws SQLException {
    try (TrafficTable table = TrafficTable.open(database)) {
      table.upsert(TrafficQuery.rows(changed.collectAsList()));
    }
  }

  /** Every query reads and parses the topic on its own. */
  private Dataset<Row> events() {
    return spark
        .readStream()
        .format("kafka")
        .option("kafka.bootstrap.servers", orders.kafka())
        .option("subscribe", orders.topic())
        .option("startingOffsets", "earliest")
        .option("maxOffsetsPerTrigger", "500000")
        .option("kafka.max.partition.fetch.bytes", Integer.toString(4 << 20))
        .option("kafka.max.poll.records", "5000")
        .load()
        .select(from_json(col("value").cast("string"), EVENT).as("event"))
        .select("event.*")
        .where(col("event_id").isNotNull().and(col("timestamp").isNotNull()));
  }
}
