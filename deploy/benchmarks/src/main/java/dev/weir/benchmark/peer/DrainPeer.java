package dev.weir.benchmark.peer;

import java.util.List;

/**
 * A peer that drains the topic.
 *
 * @param option as it is chosen on the command line
 * @param title as it is printed
 * @param archivesDuplicates whether its archive holds every valid event, not only the first of each
 *     id
 */
public record DrainPeer(
    String option, String title, PeerProgram program, boolean archivesDuplicates) {

  public static final DrainPeer FLINK_HEAP =
      new DrainPeer(
          "flink-heap",
          "Flink, tutorial job, heap state",
          new PeerProgram("flink", "flink.FlinkPeer", 6144, List.of("state=heap")),
          true);

  public static final DrainPeer FLINK_ROCKSDB =
      new DrainPeer(
          "flink-rocksdb",
          "Flink, tutorial job, RocksDB state",
          new PeerProgram("flink", "flink.FlinkPeer", 3072, List.of("state=rocksdb")),
          true);

  public static final DrainPeer SPARK =
      new DrainPeer(
          "spark",
          "Spark Structured Streaming",
          new PeerProgram("spark", "spark.SparkStreamingPeer", 4096, List.of()),
          true);

  public static final DrainPeer LIMIT =
      new DrainPeer(
          "limit",
          "no framework, no checkpoints",
          new PeerProgram("limit", "limit.LimitPeer", 4096, List.of()),
          false);

  public static final List<DrainPeer> ALL = List.of(FLINK_HEAP, FLINK_ROCKSDB, SPARK, LIMIT);
}
