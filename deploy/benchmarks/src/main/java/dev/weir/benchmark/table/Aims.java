package dev.weir.benchmark.table;

import static dev.weir.benchmark.table.WeirRuns.BY_PARTITION;
import static dev.weir.benchmark.table.WeirRuns.BY_TOPIC;
import static dev.weir.benchmark.table.WeirRuns.LONG_DRAIN;
import static dev.weir.benchmark.table.WeirRuns.ONE_CUBE;
import static dev.weir.benchmark.table.WeirRuns.WEIR;

import dev.weir.benchmark.peer.BatchPeer;
import dev.weir.benchmark.peer.DrainPeer;
import dev.weir.benchmark.peer.Figure;
import dev.weir.benchmark.peer.RunBatchPeer;
import dev.weir.benchmark.peer.RunDrainPeer;
import java.util.List;

/** All that Weir aims at on two cores, broker and database included. */
final class Aims {
  private static final String DRAIN = RunDrainPeer.WORK;
  private static final String BATCH = RunBatchPeer.WORK;

  static final List<Aim> ALL =
      List.of(
          drain(DrainPeer.FLINK_HEAP, 3),
          drain(DrainPeer.FLINK_ROCKSDB, 7),
          drain(DrainPeer.SPARK, 9),
          drain(DrainPeer.LIMIT, 0.5),
          new Aim.AtLeast(DRAIN, BY_PARTITION, Figure.RECORDS_PER_SECOND, 400_000),
          new Aim.TimesPeer(DRAIN, BY_TOPIC, Figure.RECORDS_PER_SECOND, BY_PARTITION, 0.7),
          new Aim.TimesPeer(LONG_DRAIN, BY_TOPIC, Figure.RECORDS_PER_SECOND, BY_PARTITION, 0.7),
          new Aim.AtLeast(LONG_DRAIN, BY_PARTITION, Figure.RECORDS_PER_SECOND, 400_000),
          new Aim.Under(LONG_DRAIN, BY_PARTITION, Figure.JOB_CPU_SECONDS_PER_MILLION, 4),
          new Aim.Under(DRAIN, BY_PARTITION, Figure.JOB_CPU_SECONDS_PER_MILLION, 4),
          batch(WEIR, BatchPeer.SPARK_SQL, 4),
          batch(ONE_CUBE, BatchPeer.SPARK_SQL, 4),
          batch(WEIR, BatchPeer.DUCKDB, 1),
          batch(ONE_CUBE, BatchPeer.DUCKDB, 1),
          fresh(Figure.P50_MILLIS, 50),
          fresh(Figure.P95_MILLIS, 100),
          fresh(Figure.P99_MILLIS, 250),
          fresh(Figure.JOB_CORES, 0.6));

  private Aims() {}

  private static Aim drain(DrainPeer peer, double atLeast) {
    return new Aim.TimesPeer(DRAIN, BY_PARTITION, Figure.RECORDS_PER_SECOND, peer.title(), atLeast);
  }

  private static Aim fresh(Figure figure, double under) {
    return new Aim.Under(WeirRuns.FRESHNESS, WEIR, figure, under);
  }

  private static Aim batch(String engine, BatchPeer peer, double atLeast) {
    return new Aim.TimesPeer(BATCH, engine, Figure.RECORDS_PER_SECOND, peer.title(), atLeast);
  }
}
