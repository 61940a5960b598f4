package dev.weir.benchmark.guard;

import dev.weir.benchmark.BenchmarkFailure;
import dev.weir.benchmark.ToldFailure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.stream.Stream;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * The command behind {@code deploy/benchmarks/run guard}. It stands among the tests because it
 * drives the job's operators with Flink's test harness. Exit codes: 0 as fast as before, 1 slower
 * or failed, 2 wrong use.
 */
@SuppressWarnings("try") // Flink's harness may throw anything when it closes
@Command(
    name = "run guard",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Compare the cost of the per-event stages with the baseline.",
    description =
        "CPU time of each stage on one thread, in units of a fixed loop over the same records (for"
            + " dropping duplicates, and of a walk through memory). Fails if a stage costs 30 % more"
            + " than it did, each time of three.")
final class RegressionGuard implements Callable<Integer> {
  private static final int WARM_UP_ROUNDS = 25;
  private static final int MORE_ROUNDS = 60;

  /** Rounds of each attempt: what is slower by chance is not so every time. */
  private static final int[] ATTEMPTS = {30, MORE_ROUNDS, MORE_ROUNDS};

  private static final Path BASELINE =
      Path.of("deploy/benchmarks/src/main/resources/dev/weir/benchmark/guard/baseline.csv");

  @Option(
      names = "--write-baseline",
      description = "Take what is measured now as the baseline; commit the file it names.")
  private boolean writeBaseline;

  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new RegressionGuard())
            .setExecutionExceptionHandler(new ToldFailure("run guard"))
            .execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    Path file = Path.of(System.getProperty("weir.home")).resolve(BASELINE);
    Path archive = Files.createTempDirectory("weir-guard");
    try (MeasureStages stages = new MeasureStages(archive)) {
      Map<String, StageCost> unused = stages.rounds(WARM_UP_ROUNDS);
      return writeBaseline ? write(stages, file) : compare(stages, Baseline.read(file), file);
    } finally {
      delete(archive);
    }
  }

  private static int write(MeasureStages stages, Path file) throws Exception {
    Map<String, StageCost> measured = stages.rounds(MORE_ROUNDS);
    Baseline baseline = Baseline.of(measured);
    baseline.write(file);
    print(stages, MORE_ROUNDS, baseline, measured);
    System.out.println("run guard: this is the baseline now: " + file);
    return CommandLine.ExitCode.OK;
  }

  private static int compare(MeasureStages stages, Baseline baseline, Path file) throws Exception {
    Set<String> lost = null;
    for (int rounds : ATTEMPTS) {
      Map<String, StageCost> measured = stages.rounds(rounds);
      print(stages, rounds, baseline, measured);
      if (lost == null) {
        lost = new LinkedHashSet<>(baseline.lost(measured));
      } else {
        lost.retainAll(baseline.lost(measured));
      }
      if (lost.isEmpty()) {
        return CommandLine.ExitCode.OK;
      }
      System.out.println(
          "run guard: costs more than the baseline allows: " + String.join(", ", lost));
    }
    throw new BenchmarkFailure(
        "%s cost over %.0f %% more CPU time than in %s. Find what made it slower; if that is meant, or the JDK or kind of machine has changed, run guard --write-baseline and commit the file."
            .formatted(String.join(", ", lost), 100 * Baseline.TOLERANCE, file));
  }

  private static void print(
      MeasureStages stages, int rounds, Baseline baseline, Map<String, StageCost> measured) {
    System.out.printf(
        Locale.ROOT,
        "guard: median of %d rounds of %,d records; ratio to the yardstick (%x)%n%s",
        rounds,
        MeasureStages.RECORDS,
        stages.yardstickSum(),
        baseline.table(measured));
  }

  static void delete(Path folder) throws IOException {
    try (Stream<Path> tree = Files.walk(folder)) {
      for (Path path : tree.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(path);
      }
    }
  }
}
