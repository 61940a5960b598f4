package dev.weir.db;

import dev.weir.aggregate.AggregateKey;
import dev.weir.aggregate.HyperLogLog;
import dev.weir.aggregate.MinuteAggregate;
import dev.weir.event.Event;
import dev.weir.event.RandomEvents;
import dev.weir.pipeline.Cube;
import dev.weir.pipeline.Pipeline;
import java.util.Map;
import java.util.TreeMap;

/** Aggregates of random events: the plainest way to combine them. For tests. */
public final class RandomRows {
  private RandomRows() {}

  /** One aggregate per series and minute of a cube, over that many events. */
  public static Map<AggregateKey, MinuteAggregate> of(
      Pipeline pipeline, int cube, RandomEvents events, int number) {
    Map<AggregateKey, MinuteAggregate> rows = new TreeMap<>();
    for (int i = 0; i < number; i++) {
      add(pipeline, cube, events.next(), rows);
    }
    return rows;
  }

  /** Counts one event in its series. */
  public static void add(
      Pipeline pipeline, int cube, Event event, Map<AggregateKey, MinuteAggregate> rows) {
    Cube declared = pipeline.cubes().get(cube);
    String[] dimensions = new String[declared.dimensions().size()];
    for (int i = 0; i < dimensions.length; i++) {
      dimensions[i] = event.dimensions()[declared.dimensions().get(i)];
    }
    long[] hashes = new long[event.identifiers().length];
    long present = 0;
    for (int i = 0; i < hashes.length; i++) {
      if (event.identifiers()[i] != null) {
        hashes[i] = HyperLogLog.hash(event.identifiers()[i]);
        present |= 1L << i;
      }
    }
    rows.computeIfAbsent(
            new AggregateKey(cube, event.minuteMillis(), dimensions),
            key -> MinuteAggregate.empty(declared.layout()))
        .add(event.numbers(), event.numbersPresent(), hashes, present);
  }
}
