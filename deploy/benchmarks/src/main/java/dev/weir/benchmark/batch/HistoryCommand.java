package dev.weir.benchmark.batch;

import dev.weir.benchmark.DataOption;
import dev.weir.benchmark.OwnParts;
import dev.weir.benchmark.Report;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code run history}. */
@Command(
    name = "history",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "What one changed event hour costs beside many that did not change.")
public final class HistoryCommand implements Callable<Integer> {
  @Option(
      names = "--hours",
      paramLabel = "N",
      defaultValue = "1000",
      description = "Event hours of the history (default ${DEFAULT-VALUE}).")
  private int hours;

  @Mixin private DataOption data;

  @Override
  public Integer call() throws Exception {
    Report report =
        OwnParts.use(data.folder(), "topic", runtime -> new HistoryBenchmark(runtime, hours).run());
    System.out.println(report);
    return CommandLine.ExitCode.OK;
  }
}
