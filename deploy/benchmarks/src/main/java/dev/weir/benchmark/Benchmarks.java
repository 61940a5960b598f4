package dev.weir.benchmark;

import dev.weir.benchmark.batch.BatchBenchmark;
import dev.weir.benchmark.batch.HistoryCommand;
import dev.weir.benchmark.drain.DrainBenchmark;
import dev.weir.benchmark.freshness.FreshnessCommand;
import dev.weir.benchmark.growth.GrowthCommand;
import dev.weir.benchmark.query.QueriesCommand;
import dev.weir.benchmark.soak.SoakCommand;
import dev.weir.benchmark.table.TableCommand;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * The command behind {@code deploy/benchmarks/run}. Exit codes: 0 measured, 1 failed, 2 wrong use.
 */
@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "End-to-end benchmarks on the parts that weir up starts.",
    description =
        "Each run starts its own parts in its own folder, measures, checks and ends them.",
    subcommands = {
      TableCommand.class,
      FreshnessCommand.class,
      GrowthCommand.class,
      HistoryCommand.class,
      QueriesCommand.class,
      SoakCommand.class
    },
    footer = {
      "",
      "Also: run stages [PATTERN] runs the JMH benchmarks of single stages; run guard compares the"
          + " per-event stages with their baseline, and run pairs TREE with those of another build."
    })
public final class Benchmarks implements Runnable {

  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new Benchmarks())
            .setExecutionExceptionHandler(new ToldFailure("run"))
            .execute(arguments));
  }

  @Override
  public void run() {
    CommandLine.usage(this, System.out);
  }

  @Command(
      name = "drain",
      mixinStandardHelpOptions = true,
      header = "Drain a topic filled beforehand through the whole speed layer.")
  int drain(
      @Option(
              names = "--events",
              paramLabel = "N",
              defaultValue = "6000000",
              description = "Records in the topic (default ${DEFAULT-VALUE}).")
          long events,
      @Mixin ScopeOption scope,
      @Mixin DataOption data)
      throws Exception {
    return report(
        OwnParts.use(
            data.folder(), scope.scope(), runtime -> new DrainBenchmark(runtime, events).run()));
  }

  @Command(
      name = "batch",
      mixinStandardHelpOptions = true,
      header = "Recompute an archive written beforehand with the batch layer.")
  int batch(
      @Option(
              names = "--rows",
              paramLabel = "N",
              defaultValue = "10000000",
              description = "Rows in the archive (default ${DEFAULT-VALUE}).")
          long rows,
      @Option(
              names = "--one-cube",
              description = "Only the cube of 24 series, as the peers of run table compute it.")
          boolean oneCube,
      @Mixin DataOption data)
      throws Exception {
    String declaration =
        oneCube ? BenchmarkRuntime.oneCube() : BenchmarkRuntime.declaration("topic");
    return report(
        OwnParts.use(
            data.folder(),
            folder -> BenchmarkRuntime.declaring(folder, declaration),
            runtime -> new BatchBenchmark(runtime, rows).run()));
  }

  private static int report(Report report) {
    System.out.println(report);
    return CommandLine.ExitCode.OK;
  }
}
