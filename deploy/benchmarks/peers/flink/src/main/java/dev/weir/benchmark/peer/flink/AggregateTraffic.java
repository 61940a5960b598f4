package dev.weir.benchmark.peer.flink;

import com.datadoghq.sketch.ddsketch.DDSketches;
import org.apache.flink.api.common.functions.AggregateFunction;

/** Adds events up: count, sum, min, max and a sketch of 1 % relative accuracy. */
final class AggregateTraffic
    implements AggregateFunction<ShopEvent, TrafficAccumulator, TrafficAccumulator> {
  private static final long serialVersionUID = 1L;
  private static final double RELATIVE_ACCURACY = 0.01;

  @Override
  public TrafficAccumulator createAccumulator() {
    TrafficAccumulator accumulator = new TrafficAccumulator();
    accumulator.sketch = DDSketches.unboundedDense(RELATIVE_ACCURACY);
    return accumulator;
  }

  @Override
  public TrafficAccumulator add(ShopEvent event, TrafficAccumulator accumulator) {
    accumulator.count++;
    accumulator.sum += event.value;
    accumulator.min = Math.min(accumulator.min, event.value);
    accumulator.max = Math.max(accumulator.max, event.value);
    accumulator.sketch.accept(event.value);
    return accumulator;
  }

  @Override
  public TrafficAccumulator getResult(TrafficAccumulator accumulator) {
    return accumulator;
  }

  @Override
  public TrafficAccumulator merge(TrafficAccumulator one, TrafficAccumulator other) {
    one.count += other.count;
    one.sum += other.sum;
    one.min = Math.min(one.min, other.min);
    one.max = Math.max(one.max, other.max);
    one.sketch.mergeWith(other.sketch);
    return one;
  }
}
