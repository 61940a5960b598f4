package dev.weir.benchmark.freshness;

import dev.weir.benchmark.OwnParts;
import dev.weir.benchmark.Report;
import dev.weir.benchmark.TimeOption;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** {@code run freshness}. */
@Command(
    name = "freshness",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "How soon a reader sees an event, at a steady rate and after an outage.")
public final class FreshnessCommand implements Callable<Integer> {
  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "20000",
      description = "Records a second (default ${DEFAULT-VALUE}).")
  private int rate;

  @Option(
      names = "--warm-up",
      paramLabel = "TIME",
      defaultValue = "90s",
      converter = TimeOption.class,
      description = "How long they come in before probes count (default ${DEFAULT-VALUE}).")
  private Duration warmUp;

  @Option(
      names = "--for",
      paramLabel = "TIME",
      defaultValue = "60s",
      converter = TimeOption.class,
      description = "How long probes count, after the warm-up (default ${DEFAULT-VALUE}).")
  private Duration measured;

  @Option(
      names = "--catch-up",
      description = "Then stop the job, let the records wait, resume it, and watch it catch up.")
  private boolean catchUp;

  @Option(
      names = "--outage",
      paramLabel = "TIME",
      defaultValue = "60s",
      converter = TimeOption.class,
      description = "With --catch-up: for how long the job is stopped (default ${DEFAULT-VALUE}).")
  private Duration outage;

  @Option(
      names = "--scope",
      paramLabel = "SCOPE",
      defaultValue = "topic",
      description = "Scope of duplicates: topic or partition (default ${DEFAULT-VALUE}).")
  private String scope;

  @Option(
      names = "--cube",
      paramLabel = "CUBE",
      defaultValue = "TRAFFIC",
      description =
          "Where probes are looked for: ${COMPLETION-CANDIDATES} (default ${DEFAULT-VALUE}).")
  private WatchedCube cube;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description =
          "An empty folder for the parts, kept; without it a temporary one, deleted at the end.")
  private Path data;

  @Override
  public Integer call() throws Exception {
    Optional<Duration> stop = catchUp ? Optional.of(outage) : Optional.empty();
    Report report =
        OwnParts.use(
            Optional.ofNullable(data),
            scope,
            runtime -> new FreshnessBenchmark(runtime, cube, rate, warmUp, measured, stop).run());
    System.out.println(report);
    return CommandLine.ExitCode.OK;
  }
}
