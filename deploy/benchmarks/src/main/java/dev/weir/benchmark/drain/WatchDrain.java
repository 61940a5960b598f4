package dev.weir.benchmark.drain;

import dev.weir.benchmark.BenchmarkFailure;
import dev.weir.benchmark.BenchmarkRuntime;
import dev.weir.benchmark.InBackground;
import dev.weir.benchmark.meter.ProcessUsage;
import dev.weir.benchmark.meter.Sample;
import dev.weir.benchmark.meter.Samples;
import dev.weir.local.part.LocalParts;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/** Takes samples until every event is counted and every record committed. */
public final class WatchDrain implements Callable<Drained> {
  private static final Duration INTERVAL = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final BenchmarkRuntime runtime;
  private final long events;
  private final long records;
  private final Samples visible = new Samples();

  /**
   * Watches one drain.
   *
   * @param events that must be counted
   * @param records that must be accounted for by commits
   */
  public WatchDrain(BenchmarkRuntime runtime, long events, long records) {
    this.runtime = runtime;
    this.events = events;
    this.records = records;
  }

  /**
   * Returns what was seen, the last sample taken when all events were visible.
   *
   * @throws BenchmarkFailure if nothing more was counted for minutes
   */
  @Override
  public Drained call() throws SQLException, InterruptedException {
    Future<Samples> read = InBackground.start("watch-reading", new WatchReading(runtime, records));
    try (Connection connection = runtime.connect();
        CountedEvents counted = new CountedEvents(connection, runtime.pipeline())) {
      long progressNanos = System.nanoTime();
      while (visible.isEmpty() || visible.last().events() < events) {
        long before = visible.isEmpty() ? 0 : visible.last().events();
        visible.add(sample(runtime, counted.now()));
        if (visible.last().events() > before) {
          progressNanos = visible.last().nanos();
        }
        refuseStandstill(progressNanos);
        Thread.sleep(INTERVAL.toMillis());
      }
      while (counted.committedRecords() < records) {
        refuseStandstill(progressNanos);
        Thread.sleep(INTERVAL.toMillis());
      }
      return new Drained(read.get(PATIENCE.toSeconds(), TimeUnit.SECONDS), visible);
    } catch (ExecutionException | TimeoutException e) {
      throw new BenchmarkFailure("Flink did not count all records as read: it restarted? " + e);
    } finally {
      read.cancel(true);
    }
  }

  private void refuseStandstill(long progressNanos) {
    if (System.nanoTime() - progressNanos > PATIENCE.toNanos()) {
      throw new BenchmarkFailure(
          "counted %d of %d events, and no more for %d s; see %s"
              .formatted(
                  visible.last().events(), events, PATIENCE.toSeconds(), runtime.data().logs()));
    }
  }

  static Sample sample(BenchmarkRuntime runtime, long counted) {
    return new Sample(
        System.nanoTime(),
        counted,
        ProcessUsage.cpuSeconds(runtime.pid(LocalParts.TASK_MANAGER))
            + ProcessUsage.cpuSeconds(runtime.pid(LocalParts.JOB_MANAGER)),
        ProcessUsage.cpuSeconds(runtime.pid(LocalParts.KAFKA)),
        ProcessUsage.cpuSecondsWithChildren(runtime.pid(LocalParts.POSTGRES)),
        ProcessUsage.machineCpuSeconds());
  }
}
