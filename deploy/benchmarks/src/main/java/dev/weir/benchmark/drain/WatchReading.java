package dev.weir.benchmark.drain;

import dev.weir.benchmark.BenchmarkRuntime;
import dev.weir.benchmark.meter.Sample;
import dev.weir.benchmark.meter.Samples;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.Callable;

/**
 * Takes a sample a second until every record is read: more often, and the JobManager would spend
 * the job's time on answers.
 */
final class WatchReading implements Callable<Samples> {
  private static final Duration INTERVAL = Duration.ofSeconds(1);

  private final BenchmarkRuntime runtime;
  private final RecordsRead read;
  private final long records;

  WatchReading(BenchmarkRuntime runtime, long records) {
    this.runtime = runtime;
    this.read = new RecordsRead(runtime.endpoints().flink());
    this.records = records;
  }

  @Override
  public Samples call() throws InterruptedException {
    Samples samples = new Samples();
    while (samples.isEmpty() || samples.last().events() < records) {
      Sample asked = WatchDrain.sample(runtime, 0);
      OptionalLong count = read.now();
      if (count.isPresent()) {
        samples.add(asked.withEvents(count.getAsLong()));
      }
      Thread.sleep(INTERVAL.toMillis());
    }
    return samples;
  }
}
