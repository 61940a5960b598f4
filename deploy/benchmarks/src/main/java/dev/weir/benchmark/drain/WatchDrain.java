package dev.weir.benchmark.drain;

import dev.weir.benchmark.BenchmarkFailure;
import dev.weir.benchmark.BenchmarkRuntime;
import dev.weir.benchmark.meter.ProcessUsage;
import dev.weir.benchmark.meter.Sample;
import dev.weir.benchmark.meter.Samples;
import dev.weir.local.part.LocalParts;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Callable;

/** Takes samples until every event is counted and every record committed. */
public final class WatchDrain implements Callable<Samples> {
  private static final Duration INTERVAL = Duration.ofMillis(200);
  private static final Duration PATIENCE = Duration.ofMinutes(3);

  private final BenchmarkRuntime runtime;
  private final long events;
  private final long records;
  private final Samples samples = new Samples();

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
   * Returns the samples, the last one taken when all events were visible.
   *
   * @throws BenchmarkFailure if nothing more was counted for minutes
   */
  @Override
  public Samples call() throws SQLException, InterruptedException {
    try (Connection connection = runtime.connect();
        CountedEvents counted = new CountedEvents(connection, runtime.pipeline())) {
      long progressNanos = System.nanoTime();
      while (samples.isEmpty() || samples.last().events() < events) {
        long before = samples.isEmpty() ? 0 : samples.last().events();
        samples.add(sample(counted.now()));
        if (samples.last().events() > before) {
          progressNanos = samples.last().nanos();
        }
        refuseStandstill(progressNanos);
        Thread.sleep(INTERVAL.toMillis());
      }
      while (counted.committedRecords() < records) {
        refuseStandstill(progressNanos);
        Thread.sleep(INTERVAL.toMillis());
      }
    }
    return samples;
  }

  private void refuseStandstill(long progressNanos) {
    if (System.nanoTime() - progressNanos > PATIENCE.toNanos()) {
      throw new BenchmarkFailure(
          "counted %d of %d events, and no more for %d s; see %s"
              .formatted(
                  samples.last().events(), events, PATIENCE.toSeconds(), runtime.data().logs()));
    }
  }

  private Sample sample(long counted) {
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
