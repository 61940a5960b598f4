package dev.weir.benchmark.peer;

import dev.weir.benchmark.BenchmarkRuntime;
import dev.weir.benchmark.meter.ProcessUsage;
import dev.weir.benchmark.meter.Sample;
import dev.weir.benchmark.meter.Samples;
import dev.weir.benchmark.stream.ExpectedTraffic;
import dev.weir.local.part.LocalParts;
import dev.weir.local.runtime.FolderTree;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Has a peer drain the topic that Weir has drained before, and checks its rows and its archive. A
 * record counts once the peer has read it: most peers show nothing before a minute is complete.
 */
public final class RunDrainPeer {
  public static final String WORK = "drain";
  private static final String TOPIC = "events";
  private static final String READ = "read ";

  private final BenchmarkRuntime runtime;
  private final ExpectedTraffic expected;
  private final PeerTraffic traffic;

  /**
   * Prepares runs on the same topic.
   *
   * @param runtime with broker and database alone
   * @param expected what is in the topic
   */
  public RunDrainPeer(BenchmarkRuntime runtime, ExpectedTraffic expected) {
    this.runtime = runtime;
    this.expected = expected;
    this.traffic = new PeerTraffic(runtime);
  }

  /** Runs one peer. */
  public EngineFigures run(DrainPeer peer) throws SQLException, IOException, InterruptedException {
    traffic.reset();
    Path folder = runtime.data().folder("peer-" + peer.option());
    Watch watch = new Watch();
    new PeerProcess(runtime, peer.program(), peer.option())
        .run(
            List.of(
                "kafka=" + runtime.endpoints().kafka(),
                "topic=" + TOPIC,
                "database=" + traffic.url(),
                "folder=" + folder),
            watch);
    String result = traffic.compare(expected);
    if (result.equals(EngineFigures.EXACT)) {
      result = compareArchive(peer, ParquetRows.below(folder.resolve("archive")));
    }
    FolderTree.delete(folder);
    return new EngineFigures(WORK, peer.title(), watch.figures(expected.records()), result);
  }

  private String compareArchive(DrainPeer peer, long archived) {
    long wanted = expected.counted() + (peer.archivesDuplicates() ? expected.duplicate() : 0);
    return archived == wanted
        ? EngineFigures.EXACT
        : "%d rows archived instead of %d".formatted(archived, wanted);
  }

  /** Takes a sample at each line that tells the progress. */
  private final class Watch implements PeerProcess.Listener {
    private final Samples samples = new Samples();
    private long peakMebibytes;

    @Override
    public void said(String line, long pid) {
      if (!line.startsWith(READ)) {
        return;
      }
      peakMebibytes = Math.max(peakMebibytes, ProcessUsage.peakMemoryMebibytes(pid));
      samples.add(
          new Sample(
              System.nanoTime(),
              Long.parseLong(line.substring(READ.length())),
              ProcessUsage.cpuSeconds(pid),
              ProcessUsage.cpuSeconds(runtime.pid(LocalParts.KAFKA)),
              ProcessUsage.cpuSecondsWithChildren(runtime.pid(LocalParts.POSTGRES)),
              ProcessUsage.machineCpuSeconds()));
    }

    Map<Figure, Double> figures(long records) {
      Map<Figure, Double> figures = new EnumMap<>(Figure.class);
      figures.put(Figure.PEAK_MEBIBYTES, (double) peakMebibytes);
      figures.put(Figure.RECORDS_PER_SECOND_FROM_FIRST, samples.fromFirstEvent().eventsPerSecond());
      samples
          .between(records / 5, records * 9 / 10)
          .ifPresent(
              steady -> {
                figures.put(Figure.RECORDS_PER_SECOND, steady.eventsPerSecond());
                figures.put(
                    Figure.JOB_CPU_SECONDS_PER_MILLION,
                    steady.cpuSecondsPerMillion(Sample::jobCpuSeconds));
                figures.put(Figure.CORES_USED, steady.coresUsed());
                figures.put(Figure.CORES_USED_BY_OTHERS, steady.coresUsedByOthers());
              });
      return figures;
    }
  }
}
