package dev.weir.benchmark.peer.spark;

import static org.apache.spark.sql.functions.approx_count_distinct;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.date_trunc;

import dev.weir.benchmark.peer.work.PeerOrders;
import dev.weir.benchmark.peer.work.PeerReport;
import dev.weir.benchmark.peer.work.TrafficRow;
import dev.weir.benchmark.peer.work.TrafficTable;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * Recomputes the archive in the form in which Spark SQL is fastest: the needed columns alone, then
 * {@code distinct()}; {@code dropDuplicates} on the id sorts wide rows. Orders: {@code archive},
 * {@code database}, {@code folder}.
 */
public final class SparkSqlPeer {
  private static final int SHUFFLE_PARTITIONS = 8;
  private static final int REPETITIONS = 2;

  private SparkSqlPeer() {}

  public static void main(String[] arguments) throws Exception {
    PeerOrders orders = PeerOrders.of(arguments);
    PeerReport.startTelling();
    SparkSession spark = Sessions.start(orders.folder(), SHUFFLE_PARTITIONS);
    List<TrafficRow> rows = List.of();
    for (int i = 0; i < REPETITIONS; i++) {
      long start = System.nanoTime();
      rows = TrafficQuery.rows(traffic(spark, orders.archive().toString()).collectAsList());
      PeerReport.query(System.nanoTime() - start);
    }
    try (TrafficTable table = TrafficTable.open(orders.database())) {
      table.upsert(rows);
    }
    PeerReport.finished();
    spark.stop();
    System.exit(0);
  }

  private static Dataset<Row> traffic(SparkSession spark, String archive) {
    return spark
        .read()
        .option("recursiveFileLookup", "true")
        .parquet(archive)
        .select(
            col("_event_id"),
            col("_event_time"),
            col("event_type"),
            col("user_segment"),
            col("user_id"),
            // The archive's decimals cost more to add up than doubles.
            col("value").cast("double").as("value"))
        .distinct()
        .groupBy(date_trunc("minute", col("_event_time")), col("event_type"), col("user_segment"))
        .agg(
            TrafficQuery.COUNT,
            Stream.concat(
                    Stream.of(TrafficQuery.measures()), Stream.of(approx_count_distinct("user_id")))
                .toArray(Column[]::new));
  }
}
