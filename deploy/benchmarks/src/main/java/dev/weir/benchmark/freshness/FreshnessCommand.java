package dev.weir.benchmark.freshness;

import dev.weir.benchmark.DataOption;
import dev.weir.benchmark.OwnParts;
import dev.weir.benchmark.Report;
import dev.weir.benchmark.ScopeOption;
import dev.weir.local.command.TimeSpan;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
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
      converter = TimeSpan.class,
      description = "How long they come in before probes count (default ${DEFAULT-VALUE}).")
  private Duration warmUp;

  @Option(
      names = "--for",
      paramLabel = "TIME",
      defaultValue = "60s",
      converter = TimeSpan.class,
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
      converter = TimeSpan.class,
      description = "With --catch-up: for how long the job is stopped (default ${DEFAULT-VALUE}).")
  private Duration outage;

  @Mixin private ScopeOption scope;

  @Option(
      names = "--cube",
      paramLabel = "CUBE",
      defaultValue = "TRAFFIC",
      description =
          "Where probes are looked for: ${COMPLETION-CANDIDATES} (default ${DEFAULT-VALUE}).")
  private WatchedCube cube;

  @Mixin private DataOption data;

  @Override
  public Integer call() throws Exception {
    Optional<Duration> stop = catchUp ? Optional.of(outage) : Optional.empty();
    Report report =
        OwnParts.use(
            data.folder(),
            scope.scope(),
            runtime -> new FreshnessBenchmark(runtime, cube, rate, warmUp, measured, stop).run());
    System.out.println(report);
    return CommandLine.ExitCode.OK;
  }
}
