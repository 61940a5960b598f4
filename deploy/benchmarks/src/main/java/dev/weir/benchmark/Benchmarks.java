package dev.weir.benchmark;

import dev.weir.benchmark.batch.BatchBenchmark;
import dev.weir.benchmark.drain.DrainBenchmark;
import dev.weir.local.runtime.LocalRuntimeException;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
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
    footer = {"", "Also: run stages [PATTERN] runs the JMH benchmarks of single stages."})
public final class Benchmarks implements Runnable {

  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new Benchmarks())
            .setExecutionExceptionHandler(
                (exception, command, result) -> {
                  if (exception instanceof BenchmarkFailure
                      || exception instanceof LocalRuntimeException) {
                    command.getErr().println("run: " + exception.getMessage());
                  } else {
                    exception.printStackTrace(command.getErr());
                  }
                  return CommandLine.ExitCode.SOFTWARE;
                })
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
      @Option(
              names = "--scope",
              paramLabel = "SCOPE",
              defaultValue = "topic",
              description = "Scope of duplicates: topic or partition (default ${DEFAULT-VALUE}).")
          String scope,
      @Option(names = "--data", paramLabel = "DIR", description = DATA) Optional<Path> data)
      throws Exception {
    return measure(data, scope, runtime -> new DrainBenchmark(runtime, events).run());
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
      @Option(names = "--data", paramLabel = "DIR", description = DATA) Optional<Path> data)
      throws Exception {
    return measure(data, "topic", runtime -> new BatchBenchmark(runtime, rows).run());
  }

  private static final String DATA =
      "An empty folder for the parts, kept; without it a temporary one, deleted at the end.";

  private interface Measurement {
    Report on(BenchmarkRuntime runtime) throws Exception;
  }

  private static int measure(Optional<Path> data, String scope, Measurement measurement)
      throws Exception {
    if (!List.of("topic", "partition").contains(scope)) {
      throw new BenchmarkFailure("--scope is topic or partition, not " + scope);
    }
    Path folder = data.isPresent() ? data.get() : Files.createTempDirectory("weir-benchmark");
    BenchmarkRuntime runtime = new BenchmarkRuntime(folder, scope);
    Thread end = new Thread(runtime::close, "end-parts");
    Runtime.getRuntime().addShutdownHook(end);
    try {
      System.out.println(measurement.on(runtime));
    } catch (Exception e) {
      System.err.println("run: the logs are in " + folder.resolve("logs"));
      throw e;
    } finally {
      Runtime.getRuntime().removeShutdownHook(end);
      runtime.close();
    }
    if (data.isEmpty()) {
      delete(folder);
    }
    return CommandLine.ExitCode.OK;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> tree = Files.walk(folder)) {
      tree.sorted(Comparator.reverseOrder())
          .forEach(
              path -> {
                try {
                  Files.delete(path);
                } catch (IOException e) {
                  throw new UncheckedIOException(e);
                }
              });
    }
  }
}
