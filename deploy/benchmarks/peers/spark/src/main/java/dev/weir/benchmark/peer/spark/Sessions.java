package dev.weir.benchmark.peer.spark;

import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/** Spark inside this process, on two threads. */
final class Sessions {
  private Sessions() {}

  /**
   * Starts it.
   *
   * @param folder for what it spills and shuffles
   */
  static SparkSession start(Path folder, int shufflePartitions) {
    return SparkSession.builder()
        .master("local[2]")
        .appName("peer")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "127.0.0.1")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.local.dir", folder.resolve("local").toString())
        .config("spark.sql.session.timeZone", "UTC")
        .config("spark.sql.shuffle.partitions", shufflePartitions)
        // With the default of 128, percentile_approx sorts as soon as there are more groups.
        .config("spark.sql.objectHashAggregate.sortBased.fallbackThreshold", "100000")
        .config(
            "spark.sql.streaming.stateStore.providerClass",
            "org.apache.spark.sql.execution.streaming.state.RocksDBStateStoreProvider")
        .config("spark.sql.streaming.stateStore.rocksdb.changelogCheckpointing.enabled", "true")
        .getOrCreate();
  }
}
