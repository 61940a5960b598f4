package dev.weir.batch.recompute;

import dev.weir.aggregate.AggregateKey;
import dev.weir.aggregate.MeasureLayout;
import dev.weir.aggregate.MinuteAggregate;
import java.io.Serializable;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The minute aggregates of one cube over some set of events. Merging is exact in any order. */
public final class CubeSeries implements Serializable {
  private static final long serialVersionUID = 1L;

  private final transient MeasureLayout layout;
  private final transient Map<AggregateKey, MinuteAggregate> aggregates;

  public CubeSeries(MeasureLayout layout) {
    this(layout, 0);
  }

  /**
   * @param expected how many series there will be, roughly
   */
  CubeSeries(MeasureLayout layout, int expected) {
    this.layout = layout;
    this.aggregates = new HashMap<>(expected + expected / 2);
  }

  void put(AggregateKey key, MinuteAggregate aggregate) {
    aggregates.put(key, aggregate);
  }

  /** Takes an aggregate in; it may be kept and changed from then on. */
  public void merge(AggregateKey key, MinuteAggregate aggregate) {
    MinuteAggregate present = aggregates.putIfAbsent(key, aggregate);
    if (present != null) {
      present.merge(aggregate);
    }
  }

  /** Takes all of the other's aggregates in; they may be kept and changed from then on. */
  void merge(CubeSeries other) {
    other.aggregates.forEach(this::merge);
  }

  /** Both together. They stay as they are; what is only in one of them is shared, not copied. */
  static CubeSeries sum(CubeSeries one, CubeSeries another) {
    boolean fewer = one.aggregates.size() < another.aggregates.size();
    CubeSeries few = fewer ? one : another;
    CubeSeries sum = new CubeSeries(one.layout);
    sum.aggregates.putAll((fewer ? another : one).aggregates);
    few.aggregates.forEach(
        (key, aggregate) ->
            sum.aggregates.merge(
                key,
                aggregate,
                (present, added) -> {
                  MinuteAggregate both = present.copy();
                  both.merge(added);
                  return both;
                }));
    return sum;
  }

  /** The aggregate of each series, for reading only. */
  public Map<AggregateKey, MinuteAggregate> aggregates() {
    return Collections.unmodifiableMap(aggregates);
  }

  /** In order of their keys, for reading only. */
  public SortedMap<AggregateKey, MinuteAggregate> sorted() {
    return new TreeMap<>(aggregates);
  }

  /** The same events by the hour. */
  public CubeSeries hours() {
    CubeSeries hours = new CubeSeries(layout);
    aggregates.forEach(
        (key, aggregate) -> {
          AggregateKey hour = key.atHour();
          MinuteAggregate present = hours.aggregates.get(hour);
          if (present == null) {
            hours.aggregates.put(hour, aggregate.copy());
          } else {
            present.merge(aggregate);
          }
        });
    return hours;
  }

  /** To travel between tasks. */
  private Object writeReplace() {
    return new SeriesBytes(layout, SeriesBytes.of(aggregates));
  }
}
