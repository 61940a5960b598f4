package dev.weir.benchmark.batch;

import dev.weir.aggregate.AggregateKey;
import dev.weir.aggregate.HyperLogLog;
import dev.weir.aggregate.MinuteAggregate;
import dev.weir.event.Event;
import dev.weir.pipeline.Cube;
import dev.weir.pipeline.Pipeline;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Adds events up per cube, minute and dimensions, in the most obvious way. Not thread safe. */
final class EventSeries {
  private final List<Cube> cubes;
  private final long[] identifierHashes;
  private Map<AggregateKey, MinuteAggregate> series = new HashMap<>();

  EventSeries(Pipeline pipeline) {
    cubes = pipeline.cubes();
    identifierHashes = new long[pipeline.event().identifiers().size()];
  }

  void add(Event event) {
    long identifiersPresent = 0;
    byte[][] identifiers = event.identifiersUtf8();
    for (int i = 0; i < identifierHashes.length; i++) {
      if (identifiers[i] != null) {
        identifierHashes[i] = HyperLogLog.hash(identifiers[i], 0, identifiers[i].length);
        identifiersPresent |= 1L << i;
      }
    }
    for (int cube = 0; cube < cubes.size(); cube++) {
      of(cube, event)
          .add(event.numbers(), event.numbersPresent(), identifierHashes, identifiersPresent);
    }
  }

  private MinuteAggregate of(int index, Event event) {
    Cube cube = cubes.get(index);
    String[] dimensions = new String[cube.dimensions().size()];
    for (int i = 0; i < dimensions.length; i++) {
      dimensions[i] = event.dimensions()[cube.dimensions().get(i)];
    }
    return series.computeIfAbsent(
        new AggregateKey(index, event.minuteMillis(), dimensions),
        key -> MinuteAggregate.empty(cube.layout()));
  }

  /** Gives away what was added since the last call. */
  Map<AggregateKey, MinuteAggregate> take() {
    Map<AggregateKey, MinuteAggregate> taken = series;
    series = new HashMap<>();
    return taken;
  }
}
