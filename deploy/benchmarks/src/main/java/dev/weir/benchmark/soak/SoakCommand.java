package dev.weir.benchmark.soak;

import dev.weir.benchmark.BenchmarkFailure;
import dev.weir.benchmark.BenchmarkRuntime;
import dev.weir.benchmark.DataOption;
import dev.weir.benchmark.OwnParts;
import dev.weir.benchmark.Report;
import dev.weir.benchmark.ScopeOption;
import dev.weir.local.command.TimeSpan;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code run soak}. */
@Command(
    name = "soak",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Whether the parts need more memory the longer they run.",
    description = {
      "Events come in at a steady rate. Every few minutes each JVM collects its garbage, and a line of"
          + " CSV tells what every part holds, in MiB."
    })
public final class SoakCommand implements Callable<Integer> {
  private static final Duration SHORTEST_MEMORY = Duration.ofMinutes(2);

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "5000",
      description = "Records a second (default ${DEFAULT-VALUE}).")
  private int rate;

  @Option(
      names = "--for",
      paramLabel = "TIME",
      defaultValue = "60m",
      converter = TimeSpan.class,
      description = "How long they come in (default ${DEFAULT-VALUE}).")
  private Duration length;

  @Option(
      names = "--every",
      paramLabel = "TIME",
      defaultValue = "5m",
      converter = TimeSpan.class,
      description = "How often memory is looked at (default ${DEFAULT-VALUE}).")
  private Duration every;

  @Option(
      names = "--within",
      paramLabel = "TIME",
      defaultValue = "10m",
      converter = TimeSpan.class,
      description =
          "For how long duplicates are remembered, at least 2m; memory grows until then"
              + " (default ${DEFAULT-VALUE}).")
  private Duration within;

  @Mixin private ScopeOption scope;

  @Mixin private DataOption data;

  @Override
  public Integer call() throws Exception {
    if (within.compareTo(SHORTEST_MEMORY) < 0) {
      throw new BenchmarkFailure(
          "--within is at least 2m: events are sent again up to a minute after they were");
    }
    Duration shortest = SoakBenchmark.settled(within).plus(every.multipliedBy(2));
    if (length.compareTo(shortest) < 0) {
      throw new BenchmarkFailure(
          "nothing could be compared: with this --within and --every, --for is at least "
              + shortest.toSeconds()
              + "s");
    }
    String yaml =
        BenchmarkRuntime.declaration(scope.scope())
            .replace("within: 1h", "within: " + within.toSeconds() + "s");
    Report report =
        OwnParts.use(
            data.folder(),
            folder -> BenchmarkRuntime.declaring(folder, yaml),
            runtime -> new SoakBenchmark(runtime, rate, length, every, System.out::println).run());
    System.out.println(report);
    return CommandLine.ExitCode.OK;
  }
}
