package dev.weir.benchmark.peer;

import dev.weir.benchmark.BenchmarkFailure;
import dev.weir.benchmark.BenchmarkRuntime;
import dev.weir.benchmark.meter.ProcessUsage;
import dev.weir.benchmark.stream.ExpectedTraffic;
import dev.weir.local.runtime.FolderTree;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Has a peer recompute the arrivals that Weir's batch layer has read before, and checks its rows.
 * The time is that of the better of its repetitions, start of the engine and writing excluded.
 */
public final class RunBatchPeer {
  public static final String WORK = "batch";
  private static final String QUERY = "query ";

  private final BenchmarkRuntime runtime;
  private final ExpectedTraffic expected;
  private final PeerTraffic traffic;

  /**
   * Prepares runs on the same files.
   *
   * @param runtime with broker and database alone
   * @param expected what is in the archive
   */
  public RunBatchPeer(BenchmarkRuntime runtime, ExpectedTraffic expected) {
    this.runtime = runtime;
    this.expected = expected;
    this.traffic = new PeerTraffic(runtime);
  }

  /** Runs one peer. */
  public EngineFigures run(BatchPeer peer) throws SQLException, IOException, InterruptedException {
    Path arrivals = runtime.data().archive().resolve("arrivals");
    long rows = ParquetRows.below(arrivals);
    if (rows != expected.records()) {
      throw new BenchmarkFailure(
          "%d rows are in %s instead of %d".formatted(rows, arrivals, expected.records()));
    }
    traffic.reset();
    Path folder = runtime.data().folder("peer-" + peer.option());
    List<Double> seconds = new ArrayList<>();
    long[] peakMebibytes = new long[1];
    new PeerProcess(runtime, peer.program(), peer.option())
        .run(
            List.of("archive=" + arrivals, "database=" + traffic.url(), "folder=" + folder),
            (line, pid) -> {
              peakMebibytes[0] = Math.max(peakMebibytes[0], ProcessUsage.peakMemoryMebibytes(pid));
              if (line.startsWith(QUERY)) {
                seconds.add(Double.parseDouble(line.substring(QUERY.length())));
              }
            });
    FolderTree.delete(folder);
    Map<Figure, Double> figures = new EnumMap<>(Figure.class);
    figures.put(Figure.PEAK_MEBIBYTES, (double) peakMebibytes[0]);
    figures.put(Figure.FIRST_SECONDS, seconds.get(0));
    figures.put(Figure.SECONDS, Collections.min(seconds));
    figures.put(Figure.RECORDS_PER_SECOND, rows / Collections.min(seconds));
    return new EngineFigures(WORK, peer.title(), figures, traffic.compare(expected));
  }
}
