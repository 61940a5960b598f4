package dev.weir.benchmark.guard;

import dev.weir.benchmark.BenchmarkFailure;
import dev.weir.benchmark.ToldFailure;
import java.io.File;
import java.io.IOException;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.net.MalformedURLException;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/**
 * The command behind {@code deploy/benchmarks/run pairs}: the stages of two builds in one JVM, each
 * in a class loader of its own, take the same records round by round in turn. A machine that
 * changes its speed every second disturbs both builds of a round alike, so that a few percent are
 * seen where whole drains differ by tens.
 */
@Command(
    name = "run pairs",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "Compare the cost of the per-event stages of another build with this one's.",
    description =
        "CPU time of each stage on one thread, both builds on the same records, round by round in"
            + " turn: the median of the rounds' ratios, and their quartiles.")
final class PairedBuilds implements Callable<Integer> {
  private static final int WARM_UP_ROUNDS = 30;
  private static final int ROUNDS_BETWEEN_CHECKPOINTS = 5;

  @Parameters(paramLabel = "TREE", description = "The other build: its source tree, packaged.")
  private Path tree;

  @Option(
      names = "--rounds",
      paramLabel = "N",
      defaultValue = "80",
      description = "Pairs to measure after the warm-up. Default: ${DEFAULT-VALUE}.")
  private int rounds;

  @Spec private CommandSpec spec;

  public static void main(String[] arguments) {
    System.exit(
        new CommandLine(new PairedBuilds())
            .setExecutionExceptionHandler(new ToldFailure("run pairs"))
            .execute(arguments));
  }

  @Override
  public Integer call() throws Exception {
    if (rounds < 1) {
      throw new ParameterException(
          spec.commandLine(), "--rounds is " + rounds + "; give 1 or more.");
    }
    Path archive = Files.createTempDirectory("weir-pairs");
    try {
      Build other = Build.of(classPathOf(tree), Files.createDirectory(archive.resolve("other")));
      Build own =
          Build.of(
              System.getProperty("java.class.path"), Files.createDirectory(archive.resolve("own")));
      print(pairs(other, own));
      return CommandLine.ExitCode.OK;
    } finally {
      RegressionGuard.delete(archive);
    }
  }

  private static String classPathOf(Path tree) throws IOException {
    Path target = tree.toAbsolutePath().resolve("deploy/benchmarks/target");
    Path dependencies = target.resolve("guard.classpath");
    if (!Files.exists(dependencies)) {
      throw new BenchmarkFailure(
          dependencies + " is missing. Package that tree: mvn -DskipTests package.");
    }
    return String.join(
        File.pathSeparator,
        target.resolve("test-classes").toString(),
        target.resolve("classes").toString(),
        Files.readString(dependencies).strip());
  }

  /** By stage, the pairs of nanoseconds per event: the other build's and this one's. */
  private Map<String, List<double[]>> pairs(Build other, Build own) throws Exception {
    Map<String, List<double[]>> pairs = new LinkedHashMap<>();
    for (int round = 1; round <= WARM_UP_ROUNDS + rounds; round++) {
      boolean otherFirst = round % 2 == 0;
      Map<String, Double> first = (otherFirst ? other : own).round();
      Map<String, Double> second = (otherFirst ? own : other).round();
      if (round % ROUNDS_BETWEEN_CHECKPOINTS == 0) {
        other.checkpoint();
        own.checkpoint();
      }
      if (round > WARM_UP_ROUNDS) {
        for (String stage : JobStages.NAMES) {
          double[] nanos = {
            (otherFirst ? first : second).get(stage), (otherFirst ? second : first).get(stage)
          };
          pairs.computeIfAbsent(stage, none -> new ArrayList<>()).add(nanos);
        }
      }
    }
    return pairs;
  }

  private void print(Map<String, List<double[]>> pairs) {
    System.out.printf(
        Locale.ROOT,
        "pairs: %d rounds of %,d records; ns per event, and this build by %s%n%-16s %8s %8s %8s   %s%n",
        rounds,
        MeasureStages.RECORDS,
        tree,
        "",
        "other",
        "this",
        "ratio",
        "quartiles");
    pairs.forEach(
        (stage, all) ->
            System.out.printf(
                Locale.ROOT,
                "%-16s %8.0f %8.0f %8.3f   %.3f to %.3f%n",
                stage,
                quantile(all.stream().mapToDouble(pair -> pair[0]).toArray(), 2),
                quantile(all.stream().mapToDouble(pair -> pair[1]).toArray(), 2),
                quantile(ratios(all), 2),
                quantile(ratios(all), 1),
                quantile(ratios(all), 3)));
  }

  private static double[] ratios(List<double[]> pairs) {
    return pairs.stream().mapToDouble(pair -> pair[1] / pair[0]).toArray();
  }

  private static double quantile(double[] values, int quarter) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[(sorted.length - 1) * quarter / 4];
  }

  /** One build's {@link MeasureStages}, whatever else of that build is different. */
  private record Build(Object stages, Method rounds, Object operators, Method checkpoints) {

    static Build of(String classPath, Path archive) throws Exception {
      List<URL> urls = new ArrayList<>();
      for (String each : classPath.split(File.pathSeparator, -1)) {
        urls.add(url(each));
      }
      URLClassLoader loader =
          new URLClassLoader(urls.toArray(URL[]::new), ClassLoader.getPlatformClassLoader());
      Class<?> type = loader.loadClass(MeasureStages.class.getName());
      Constructor<?> constructor = type.getDeclaredConstructor(Path.class);
      Method rounds = type.getDeclaredMethod("rounds", int.class);
      constructor.setAccessible(true);
      rounds.setAccessible(true);
      Thread.currentThread().setContextClassLoader(loader);
      Object stages = constructor.newInstance(archive);
      Field operators = type.getDeclaredField("stages");
      operators.setAccessible(true);
      Object job = operators.get(stages);
      Method checkpoints = job.getClass().getDeclaredMethod("checkpoint");
      checkpoints.setAccessible(true);
      return new Build(stages, rounds, job, checkpoints);
    }

    private static URL url(String path) throws MalformedURLException {
      return Path.of(path).toUri().toURL();
    }

    /** What {@link MeasureStages#rounds} does itself only within several rounds. */
    void checkpoint() throws Exception {
      checkpoints.invoke(operators);
    }

    /** One more round: by stage, nanoseconds per event. */
    Map<String, Double> round() throws Exception {
      Map<String, Double> nanos = new LinkedHashMap<>();
      for (Map.Entry<?, ?> stage : ((Map<?, ?>) rounds.invoke(stages, 1)).entrySet()) {
        Object cost = stage.getValue();
        nanos.put(
            (String) stage.getKey(), (Double) cost.getClass().getMethod("nanos").invoke(cost));
      }
      return nanos;
    }
  }
}
