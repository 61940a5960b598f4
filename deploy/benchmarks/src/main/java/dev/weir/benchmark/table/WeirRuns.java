package dev.weir.benchmark.table;

import dev.weir.benchmark.Report;
import dev.weir.benchmark.batch.BatchBenchmark;
import dev.weir.benchmark.peer.EngineFigures;
import dev.weir.benchmark.peer.Figure;
import dev.weir.benchmark.peer.RunBatchPeer;
import dev.weir.benchmark.peer.RunDrainPeer;
import dev.weir.local.part.LocalParts;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/**
 * Takes Weir's figures from the reports of its own benchmarks, which have compared every row with
 * the truth.
 */
final class WeirRuns {
  static final String LONG_DRAIN = "long drain";
  static final String FRESHNESS = "freshness";
  static final String WEIR = "Weir";
  static final String ONE_CUBE = "Weir, one cube as its peers";
  static final String BY_PARTITION = "Weir, duplicates by partition";
  static final String BY_TOPIC = "Weir, duplicates by topic";

  private static final Map<String, Figure> DRAIN_LINES =
      Map.of(
          "records/s, 20 to 90 %", Figure.RECORDS_PER_SECOND,
          "records/s, first to last event", Figure.RECORDS_PER_SECOND_FROM_FIRST,
          "CPU s per million records, job, 20 to 90 %", Figure.JOB_CPU_SECONDS_PER_MILLION,
          "cores used, 20 to 90 %", Figure.CORES_USED,
          "cores used by others, 20 to 90 %", Figure.CORES_USED_BY_OTHERS,
          "peak memory, TaskManager, MiB", Figure.PEAK_MEBIBYTES);

  private static final Map<String, Figure> BATCH_LINES =
      Map.of(
          BatchBenchmark.ROWS_PER_SECOND, Figure.RECORDS_PER_SECOND,
          BatchBenchmark.SECONDS, Figure.SECONDS,
          BatchBenchmark.PEAK_MEBIBYTES, Figure.PEAK_MEBIBYTES);

  private static final Map<String, Figure> FRESHNESS_LINES =
      Map.of(
          "records/s sent", Figure.RECORDS_PER_SECOND,
          "send() to served, ms, p50", Figure.P50_MILLIS,
          "send() to served, ms, p95", Figure.P95_MILLIS,
          "send() to served, ms, p99", Figure.P99_MILLIS);

  private WeirRuns() {}

  static EngineFigures drain(String engine, Report report) {
    return figures(RunDrainPeer.WORK, engine, report, DRAIN_LINES);
  }

  static EngineFigures longDrain(String engine, Report report) {
    return figures(LONG_DRAIN, engine, report, DRAIN_LINES);
  }

  static EngineFigures batch(String engine, Report report) {
    return figures(RunBatchPeer.WORK, engine, report, BATCH_LINES);
  }

  static EngineFigures freshness(Report report) {
    Map<Figure, Double> figures =
        new EnumMap<>(figures(FRESHNESS, WEIR, report, FRESHNESS_LINES).figures());
    double cores = 0;
    for (String part : List.of(LocalParts.TASK_MANAGER, LocalParts.JOB_MANAGER)) {
      cores += report.value("cores used, " + part).orElseThrow();
    }
    figures.put(Figure.JOB_CORES, cores);
    double missing = report.value("probes missing after 2 s").orElseThrow();
    String result = missing == 0 ? EngineFigures.EXACT : "%.0f probes missing".formatted(missing);
    return new EngineFigures(FRESHNESS, WEIR, figures, result);
  }

  private static EngineFigures figures(
      String work, String engine, Report report, Map<String, Figure> lines) {
    Map<Figure, Double> figures = new EnumMap<>(Figure.class);
    lines.forEach(
        (line, figure) -> report.value(line).ifPresent(value -> figures.put(figure, value)));
    return new EngineFigures(work, engine, figures, EngineFigures.EXACT);
  }
}
