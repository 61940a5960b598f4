package dev.weir.benchmark.table;

import dev.weir.benchmark.BenchmarkFailure;
import dev.weir.benchmark.peer.BatchPeer;
import dev.weir.benchmark.peer.DrainPeer;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code run table}. */
@Command(
    name = "table",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Weir and its peers in one run: a table of ratios beside the aims.",
    description = {
      "The peers are built by: mvn -Ppeers -DskipTests package",
      "An aim that was missed is listed, and does not make the command fail."
    })
public final class TableCommand implements Callable<Integer> {
  private static final long DRAIN_RECORDS = 6_000_000;
  private static final long BATCH_ROWS = 10_000_000;

  /** In a long drain several commits, which come every ten seconds, lie between 20 and 90 %. */
  private static final long LONGER = 3;

  private static final long QUICK = 2_000_000;

  @Option(
      names = "--quick",
      description =
          "Two million records each, long drains six: rough, because much of so short a run is"
              + " warm-up.")
  private boolean quick;

  @Option(
      names = "--work",
      paramLabel = "WORK",
      split = ",",
      defaultValue = "drain,drain-topic,drain-long,batch,freshness",
      description =
          "What to measure, of drain,drain-topic,drain-long,batch,freshness (default: all): drain"
              + " is Weir with duplicates by partition and the peers, drain-topic Weir by topic,"
              + " drain-long Weir both ways with three times as many records.")
  private List<String> work;

  @Option(
      names = "--peers",
      paramLabel = "PEER",
      split = ",",
      description =
          "Whom to compare with, of flink-heap,flink-rocksdb,spark,limit,spark-sql,duckdb"
              + " (default: all).")
  private List<String> peers;

  @Option(
      names = "--out",
      paramLabel = "FILE",
      description = "Also write the table to FILE, and all figures beside it as FILE.csv.")
  private Optional<Path> out;

  @Override
  public Integer call() throws Exception {
    refuseUnknown(
        "--work", work, List.of("drain", "drain-topic", "drain-long", "batch", "freshness"));
    if (peers != null) {
      refuseUnknown(
          "--peers",
          peers,
          Stream.concat(
                  DrainPeer.ALL.stream().map(DrainPeer::option),
                  BatchPeer.ALL.stream().map(BatchPeer::option))
              .toList());
    }
    long records = quick ? QUICK : DRAIN_RECORDS;
    long rows = quick ? QUICK : BATCH_ROWS;
    String heading = heading(records, rows);
    Comparison comparison = new Comparison();
    if (work.contains("drain")) {
      comparison.drain(records, DrainPeer.ALL.stream().filter(p -> isChosen(p.option())).toList());
    }
    if (work.contains("drain-topic")) {
      comparison.drainByTopic(records);
    }
    if (work.contains("drain-long")) {
      comparison.longDrains(LONGER * records);
    }
    if (work.contains("batch")) {
      List<BatchPeer> batchPeers =
          BatchPeer.ALL.stream().filter(p -> isChosen(p.option())).toList();
      if (!batchPeers.isEmpty()) {
        comparison.batchOfOneCube(rows);
      }
      comparison.batch(rows, batchPeers);
    }
    if (work.contains("freshness")) {
      comparison.freshness(Duration.ofSeconds(quick ? 30 : 60));
    }
    write(new ComparisonTable(heading, comparison.measured(), Aims.ALL));
    return CommandLine.ExitCode.OK;
  }

  private String heading(long records, long rows) {
    return String.format(
        Locale.ROOT,
        "%sDrain of %,d records, batch of %,d rows; %d cores; load average before the first run"
            + " %.2f.",
        quick ? "Quick, so rough. " : "",
        records,
        rows,
        Runtime.getRuntime().availableProcessors(),
        ManagementFactory.getOperatingSystemMXBean().getSystemLoadAverage());
  }

  private boolean isChosen(String peer) {
    return peers == null || peers.contains(peer);
  }

  private static void refuseUnknown(String option, List<String> given, List<String> known) {
    Set<String> unknown = new TreeSet<>(given);
    unknown.removeAll(known);
    if (!unknown.isEmpty()) {
      throw new BenchmarkFailure(
          "%s knows %s, not %s"
              .formatted(option, String.join(", ", known), String.join(", ", unknown)));
    }
  }

  private void write(ComparisonTable table) throws Exception {
    System.out.println(table.markdown());
    if (out.isPresent()) {
      Files.writeString(out.get(), table.markdown());
      Path data = out.get().resolveSibling(out.get().getFileName() + ".csv");
      Files.writeString(data, table.csv());
    }
  }
}
