package dev.weir.benchmark.table;

import dev.weir.benchmark.BenchmarkFailure;
import dev.weir.benchmark.BenchmarkRuntime;
import dev.weir.benchmark.OwnParts;
import dev.weir.benchmark.Report;
import dev.weir.benchmark.batch.BatchBenchmark;
import dev.weir.benchmark.drain.DrainBenchmark;
import dev.weir.benchmark.freshness.FreshnessBenchmark;
import dev.weir.benchmark.freshness.WatchedCube;
import dev.weir.benchmark.peer.BatchPeer;
import dev.weir.benchmark.peer.DrainPeer;
import dev.weir.benchmark.peer.EngineFigures;
import dev.weir.benchmark.peer.RunBatchPeer;
import dev.weir.benchmark.peer.RunDrainPeer;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/**
 * Runs Weir and its peers one after the other: each peer on the broker, the database and the data
 * that Weir has just been measured on, with Weir's own processes ended.
 */
final class Comparison {
  private static final int FRESHNESS_RATE = 20_000;
  private static final Duration FRESHNESS_WARM_UP = Duration.ofSeconds(90);

  private final Measured measured = new Measured();

  /** A peer's run; what it may throw is told in the table. */
  private interface PeerRun {
    EngineFigures run() throws Exception;
  }

  Measured measured() {
    return measured;
  }

  /** Drains that many records with duplicates by partition, and has the peers do so. */
  void drain(long records, List<DrainPeer> peers) throws Exception {
    OwnParts.use(
        Optional.empty(),
        "partition",
        runtime -> {
          drainByPartition(runtime, records, peers);
          return Optional.empty();
        });
  }

  private void drainByPartition(BenchmarkRuntime runtime, long records, List<DrainPeer> peers)
      throws Exception {
    DrainBenchmark weir = new DrainBenchmark(runtime, records);
    note(WeirRuns.drain(WeirRuns.BY_PARTITION, weir.run()));
    runtime.keepBrokerAndDatabase();
    RunDrainPeer runs = new RunDrainPeer(runtime, weir.expected());
    for (DrainPeer peer : peers) {
      note(RunDrainPeer.WORK, peer.title(), () -> runs.run(peer));
    }
  }

  /** Drains that many records with duplicates by topic. */
  void drainByTopic(long records) throws Exception {
    note(WeirRuns.drain(WeirRuns.BY_TOPIC, drain("topic", records)));
  }

  /** Drains that many records, one scope after the other, and has no peer do so. */
  void longDrains(long records) throws Exception {
    note(WeirRuns.longDrain(WeirRuns.BY_PARTITION, drain("partition", records)));
    note(WeirRuns.longDrain(WeirRuns.BY_TOPIC, drain("topic", records)));
  }

  private static Report drain(String scope, long records) throws Exception {
    return OwnParts.use(
        Optional.empty(), scope, runtime -> new DrainBenchmark(runtime, records).run());
  }

  /** Recomputes an archive of that many rows, and has the peers do so. */
  void batch(long rows, List<BatchPeer> peers) throws Exception {
    OwnParts.use(
        Optional.empty(),
        "topic",
        runtime -> {
          BatchBenchmark weir = new BatchBenchmark(runtime, rows);
          note(WeirRuns.batch(WeirRuns.WEIR, weir.run()));
          runtime.keepBrokerAndDatabase();
          RunBatchPeer runs = new RunBatchPeer(runtime, weir.expected());
          for (BatchPeer peer : peers) {
            note(RunBatchPeer.WORK, peer.title(), () -> runs.run(peer));
          }
          return Optional.empty();
        });
  }

  /** Recomputes as many rows of the same events for the cube alone that the peers compute. */
  void batchOfOneCube(long rows) throws Exception {
    note(
        OwnParts.use(
            Optional.empty(),
            folder -> BenchmarkRuntime.declaring(folder, BenchmarkRuntime.oneCube()),
            runtime -> WeirRuns.batch(WeirRuns.ONE_CUBE, new BatchBenchmark(runtime, rows).run())));
  }

  /** Sends events at a steady rate, and watches for so long how soon they are served. */
  void freshness(Duration time) throws Exception {
    note(
        OwnParts.use(
            Optional.empty(),
            "topic",
            runtime ->
                WeirRuns.freshness(
                    new FreshnessBenchmark(
                            runtime,
                            WatchedCube.TRAFFIC,
                            FRESHNESS_RATE,
                            FRESHNESS_WARM_UP,
                            time,
                            Optional.empty())
                        .run())));
  }

  private void note(String work, String engine, PeerRun run) throws Exception {
    System.err.println("run: " + engine);
    try {
      note(run.run());
    } catch (BenchmarkFailure e) {
      note(EngineFigures.failed(work, engine, e.getMessage()));
    }
  }

  private void note(EngineFigures figures) {
    measured.add(figures);
    System.err.println("run: " + figures);
  }
}
