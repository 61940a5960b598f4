package dev.weir.benchmark.growth;

import dev.weir.benchmark.OwnParts;
import dev.weir.benchmark.growth.Figures.Point;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** {@code run growth}. */
@Command(
    name = "growth",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    header = "How the cost of a record grows with series, cubes and records.",
    description = {
      "Drains a topic once for each point, on parts of its own. Without options all points of all"
          + " curves; with some, theirs alone: the other points keep their figures.",
      "Writes growth-*.csv and growth-*.svg into deploy/benchmarks/figures."
    })
public final class GrowthCommand implements Callable<Integer> {
  private static final Path FIGURES = Path.of("deploy/benchmarks/figures");

  @Option(
      names = "--series",
      paramLabel = "N",
      split = ",",
      description = "Series of the second cube: 24,1200,10000,100000.")
  private List<Long> series;

  @Option(
      names = "--cubes",
      paramLabel = "N",
      split = ",",
      description = "Cubes, up to 8: 1,2,4,8.")
  private List<Long> cubes;

  @Option(
      names = "--events",
      paramLabel = "N",
      split = ",",
      description = "Records, all within the horizon of duplicates: 1000000,3000000,10000000.")
  private List<Long> events;

  @Option(
      names = "--out",
      paramLabel = "DIR",
      description = "Where the figures are kept, instead of deploy/benchmarks/figures.")
  private Path out;

  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws Exception {
    Path folder = out != null ? out : Path.of(System.getProperty("weir.home")).resolve(FIGURES);
    for (Map.Entry<Axis, List<Long>> axis : wanted().entrySet()) {
      for (long x : axis.getValue()) {
        measure(folder, axis.getKey(), x);
      }
    }
    return CommandLine.ExitCode.OK;
  }

  private Map<Axis, List<Long>> wanted() {
    Map<Axis, List<Long>> wanted = new EnumMap<>(Axis.class);
    if (series == null && cubes == null && events == null) {
      wanted.put(Axis.SERIES, List.of(24L, 1_200L, 10_000L, 100_000L));
      wanted.put(Axis.CUBES, List.of(1L, 2L, 4L, 8L));
      wanted.put(Axis.EVENTS, List.of(1_000_000L, 3_000_000L, 10_000_000L));
    } else {
      want(wanted, Axis.SERIES, series, 1_000_000);
      want(wanted, Axis.CUBES, cubes, Axis.MOST_CUBES);
      want(wanted, Axis.EVENTS, events, 100_000_000);
    }
    return wanted;
  }

  private void want(Map<Axis, List<Long>> wanted, Axis axis, List<Long> points, long most) {
    if (points == null) {
      return;
    }
    for (long x : points) {
      if (x < 1 || x > most) {
        throw new ParameterException(
            spec.commandLine(),
            "%s: %,d is not between 1 and %,d".formatted(axis.label(), x, most));
      }
    }
    wanted.put(axis, points);
  }

  private static void measure(Path folder, Axis axis, long x) throws Exception {
    Point point =
        OwnParts.use(
            Optional.empty(),
            parts -> GrowthDrain.runtime(parts, axis, x),
            runtime -> new GrowthDrain(runtime, axis, x).run());
    keep(folder, axis, point);
    System.out.printf(
        Locale.ROOT,
        "growth: %,d %s: %,.0f records/s, CPU s per million: job %.3f, PostgreSQL %.3f; cores used by others %.2f%n",
        x,
        axis.label(),
        point.recordsPerSecond(),
        point.jobCpuSeconds(),
        point.databaseCpuSeconds(),
        point.othersCores());
  }

  private static void keep(Path folder, Axis axis, Point point) throws IOException {
    Figures figures = Figures.read(folder, axis);
    figures.put(point);
    figures.write();
    Files.writeString(folder.resolve(axis.fileName() + ".svg"), Plot.svg(axis, figures.points()));
  }
}
