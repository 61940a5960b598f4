package dev.weir.speed.source;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;

/**
 * A value for every partition seen. On the per-event path: looking the last partition up again
 * costs a comparison and allocates nothing. Not thread safe.
 *
 * @param <V> a mutable value
 */
public final class PerPartition<V> {
  private final Supplier<V> initial;
  private final Map<Partition, V> values = new HashMap<>();
  private Partition lastPartition = new Partition(-1, "", -1);
  private V lastValue;

  /**
   * A partition of a source: of a Kafka topic, or a file of a directory, whose path is the topic.
   *
   * @param source index into {@code Pipeline.sources()}
   */
  public record Partition(int source, String topic, int number) {}

  /**
   * Starts without any partition.
   *
   * @param initial makes the value of a partition not seen before
   */
  public PerPartition(Supplier<V> initial) {
    this.initial = initial;
  }

  /** The partition's value, made if it is the first time. */
  public V at(int source, String topic, int number) {
    if (lastPartition.number != number
        || lastPartition.source != source
        || !lastPartition.topic.equals(topic)) {
      lastPartition = new Partition(source, topic, number);
      lastValue = values.computeIfAbsent(lastPartition, absent -> initial.get());
    }
    return lastValue;
  }

  /** All partitions seen. Whoever removes through it calls {@link #forgetLast}. */
  public Map<Partition, V> all() {
    return values;
  }

  /** Forgets which partition was looked up last. */
  public void forgetLast() {
    lastPartition = new Partition(-1, "", -1);
    lastValue = null;
  }
}
