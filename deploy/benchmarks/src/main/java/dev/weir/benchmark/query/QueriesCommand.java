package dev.weir.benchmark.query;

import dev.weir.benchmark.BenchmarkRuntime;
import dev.weir.benchmark.DataOption;
import dev.weir.benchmark.OwnParts;
import dev.weir.benchmark.Report;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code run queries}. */
@Command(
    name = "queries",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "How soon questions about a long history are answered, beside live events.")
public final class QueriesCommand implements Callable<Integer> {
  @Option(
      names = "--days",
      paramLabel = "N",
      defaultValue = "90",
      description = "Days of history of 24 series (default ${DEFAULT-VALUE}).")
  private int days;

  @Option(
      names = "--rate",
      paramLabel = "N",
      defaultValue = "10000",
      description =
          "Live events a second, through the speed layer; 0: none, but commits written by hand"
              + " (default ${DEFAULT-VALUE}).")
  private int rate;

  @Option(
      names = "--times",
      paramLabel = "N",
      defaultValue = "50",
      description = "How often each question is asked (default ${DEFAULT-VALUE}).")
  private int times;

  @Mixin private DataOption data;

  @Override
  public Integer call() throws Exception {
    Report report =
        OwnParts.use(
            data.folder(),
            folder -> BenchmarkRuntime.declaring(folder, declaration()),
            runtime -> new QueryBenchmark(runtime, days, rate, times).run());
    System.out.println(report);
    return CommandLine.ExitCode.OK;
  }

  /** A live preview at the pace that the sample pipeline has, not that of the freshness aims. */
  private static String declaration() {
    return BenchmarkRuntime.declaration("topic").replace("live: 20ms", "live: 100ms");
  }
}
