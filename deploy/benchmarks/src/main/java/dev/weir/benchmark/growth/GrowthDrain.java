package dev.weir.benchmark.growth;

import dev.weir.benchmark.BenchmarkFailure;
import dev.weir.benchmark.BenchmarkRuntime;
import dev.weir.benchmark.InBackground;
import dev.weir.benchmark.drain.Drained;
import dev.weir.benchmark.drain.LoadTopic;
import dev.weir.benchmark.drain.WatchDrain;
import dev.weir.benchmark.growth.Figures.Point;
import dev.weir.benchmark.meter.Sample;
import dev.weir.benchmark.meter.Samples;
import dev.weir.benchmark.meter.Samples.Stretch;
import dev.weir.benchmark.served.CheckServed;
import dev.weir.benchmark.stream.ExpectedTraffic;
import dev.weir.benchmark.stream.WebShopStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;

/** One point of a growth curve: a topic drained as {@code run drain} does it. */
final class GrowthDrain {
  private static final long SEED = 42;
  private static final double RECORDS_PER_SECOND_OF_EVENT_TIME = 6_000_000 / 1800.0;

  private final BenchmarkRuntime runtime;
  private final Axis axis;
  private final long x;

  /**
   * Sets up one point.
   *
   * @param runtime as {@link #runtime} made it, not yet started
   */
  GrowthDrain(BenchmarkRuntime runtime, Axis axis, long x) {
    this.runtime = runtime;
    this.axis = axis;
    this.x = x;
  }

  /** The parts that a point needs, in an empty folder. */
  static BenchmarkRuntime runtime(Path folder, Axis axis, long x) {
    try (InputStream template = GrowthDrain.class.getResourceAsStream("growth.yaml")) {
      String yaml = new String(template.readAllBytes(), StandardCharsets.UTF_8);
      return BenchmarkRuntime.declaring(folder, axis.declaration(yaml, x));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Drains, checks the first cube's rows and every record's fate, and tells what it cost. */
  Point run() throws SQLException, InterruptedException, ExecutionException {
    runtime.up();
    runtime.stopSpeedLayer();
    long records = axis.records(x);
    Duration span = Duration.ofSeconds((long) (records / RECORDS_PER_SECOND_OF_EVENT_TIME) + 1);
    Instant start = Instant.now().truncatedTo(ChronoUnit.HOURS).minus(span);
    WebShopStream stream = new WebShopStream(SEED, start, records, span);
    ExpectedTraffic expected =
        LoadTopic.load(
            runtime.endpoints().kafka(), new ManyRoutes(stream, axis.routes(x)), records);
    Future<Drained> watch =
        InBackground.start(
            "watch-drain", new WatchDrain(runtime, expected.counted(), expected.records()));
    runtime.up();
    Samples read = watch.get().read();
    try (Connection connection = runtime.connect()) {
      CheckServed.traffic(connection, expected);
      CheckServed.conserved(connection, expected);
    }
    return point(read, expected);
  }

  private Point point(Samples read, ExpectedTraffic expected) {
    long records = expected.records();
    Stretch steady =
        read.between(records / 5, records * 9 / 10)
            .orElseThrow(
                () ->
                    new BenchmarkFailure(
                        "%,d records are too few: all were read within a second"
                            .formatted(records)));
    return new Point(
        x,
        records,
        steady.eventsPerSecond(),
        steady.cpuSecondsPerMillion(Sample::jobCpuSeconds),
        steady.cpuSecondsPerMillion(Sample::databaseCpuSeconds),
        steady.coresUsedByOthers(),
        Instant.now().truncatedTo(ChronoUnit.SECONDS));
  }
}
