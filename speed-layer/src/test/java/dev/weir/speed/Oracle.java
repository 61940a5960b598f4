package dev.weir.speed;

import dev.weir.aggregate.AggregateKey;
import dev.weir.aggregate.MinuteAggregate;
import dev.weir.aggregate.NaiveAggregator;
import dev.weir.event.Event;
import dev.weir.pipeline.Cube;
import dev.weir.pipeline.Pipeline;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Counts every event once, the obvious way: a set of what was seen, and every value kept. */
public final class Oracle {
  private final Pipeline pipeline;
  private final Map<AggregateKey, NaiveAggregator> series = new HashMap<>();
  private final Set<List<Object>> seen = new HashSet<>();
  private long duplicates;

  public Oracle(Pipeline pipeline) {
    this.pipeline = pipeline;
  }

  public void add(Event event) {
    if (!seen.add(List.of(event.source(), event.id(), event.hourMillis()))) {
      duplicates++;
      return;
    }
    List<Long> numbers = new ArrayList<>();
    for (int i = 0; i < event.numbers().length; i++) {
      numbers.add(((event.numbersPresent() >>> i) & 1) != 0 ? event.numbers()[i] : null);
    }
    for (int i = 0; i < pipeline.cubes().size(); i++) {
      Cube cube = pipeline.cubes().get(i);
      String[] dimensions =
          cube.dimensions().stream()
              .map(position -> event.dimensions()[position])
              .toArray(String[]::new);
      series
          .computeIfAbsent(
              new AggregateKey(i, event.minuteMillis(), dimensions),
              absent -> new NaiveAggregator(cube.layout()))
          .add(numbers, Arrays.asList(event.identifiers()));
    }
  }

  public long counted() {
    return seen.size();
  }

  public long duplicates() {
    return duplicates;
  }

  /** What every series of every cube has to hold, byte for byte. */
  public Map<AggregateKey, MinuteAggregate> aggregates() {
    Map<AggregateKey, MinuteAggregate> aggregates = new HashMap<>();
    series.forEach((key, naive) -> aggregates.put(key, naive.toAggregate()));
    return aggregates;
  }
}
