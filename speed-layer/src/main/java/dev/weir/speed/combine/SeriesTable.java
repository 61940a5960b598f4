package dev.weir.speed.combine;

import dev.weir.aggregate.AggregateKey;
import dev.weir.aggregate.MeasureLayout;
import dev.weir.aggregate.MinuteAggregate;
import java.util.Arrays;
import java.util.function.BiConsumer;

/**
 * Aggregates of one cube by minute and dimensions. Looks a series up by the values as they stand in
 * an event, so that a key is made only for a series not seen before. Open addressing with linear
 * probing. On the per-event path. Not thread safe.
 */
final class SeriesTable {
  private static final int SMALLEST_CAPACITY = 64;

  private final int cube;
  private final int[] positions;

  /** Aggregates begin as its copies: these share what does not differ between them. */
  private final MinuteAggregate empty;

  private AggregateKey[] keys = new AggregateKey[SMALLEST_CAPACITY];
  private int[] hashes = new int[SMALLEST_CAPACITY];
  private MinuteAggregate[] aggregates = new MinuteAggregate[SMALLEST_CAPACITY];
  private int size;

  /**
   * @param cube index into {@code Pipeline.cubes()}
   * @param positions where the cube's dimensions stand among the event's
   */
  SeriesTable(int cube, MeasureLayout layout, int[] positions) {
    this.cube = cube;
    this.positions = positions;
    this.empty = MinuteAggregate.empty(layout);
  }

  /** The aggregate of the series that an event belongs to, empty if it is new. */
  MinuteAggregate at(long minuteMillis, String[] dimensions) {
    int hash = hash(minuteMillis, dimensions);
    int mask = keys.length - 1;
    int place = hash & mask;
    while (keys[place] != null) {
      if (hashes[place] == hash && matches(keys[place], minuteMillis, dimensions)) {
        return aggregates[place];
      }
      place = (place + 1) & mask;
    }
    if (2 * (size + 1) > keys.length) {
      grow();
      return at(minuteMillis, dimensions);
    }
    String[] values = new String[positions.length];
    for (int i = 0; i < positions.length; i++) {
      values[i] = dimensions[positions[i]];
    }
    keys[place] = new AggregateKey(cube, minuteMillis, values);
    hashes[place] = hash;
    aggregates[place] = empty.copy();
    size++;
    return aggregates[place];
  }

  int size() {
    return size;
  }

  /** Gives every series away and forgets it. */
  void drain(BiConsumer<AggregateKey, MinuteAggregate> to) {
    if (size == 0) {
      return;
    }
    for (int i = 0; i < keys.length; i++) {
      if (keys[i] != null) {
        to.accept(keys[i], aggregates[i]);
      }
    }
    if (4 * size < keys.length && keys.length > SMALLEST_CAPACITY) {
      // A burst of series is over; clearing its table at every flush would cost.
      allocate(keys.length / 2);
    } else {
      Arrays.fill(keys, null);
      Arrays.fill(aggregates, null);
    }
    size = 0;
  }

  private int hash(long minuteMillis, String[] dimensions) {
    int hash = Long.hashCode(minuteMillis / 60_000);
    for (int position : positions) {
      String value = dimensions[position];
      hash = hash * 31 + (value == null ? 0 : value.hashCode());
    }
    hash *= 0x9E3779B9;
    return hash ^ (hash >>> 15);
  }

  private boolean matches(AggregateKey key, long minuteMillis, String[] dimensions) {
    if (key.minuteMillis() != minuteMillis) {
      return false;
    }
    for (int i = 0; i < positions.length; i++) {
      String ours = key.dimension(i);
      String theirs = dimensions[positions[i]];
      if (ours == null ? theirs != null : !ours.equals(theirs)) {
        return false;
      }
    }
    return true;
  }

  private void grow() {
    AggregateKey[] oldKeys = keys;
    int[] oldHashes = hashes;
    MinuteAggregate[] oldAggregates = aggregates;
    allocate(2 * oldKeys.length);
    int mask = keys.length - 1;
    for (int i = 0; i < oldKeys.length; i++) {
      if (oldKeys[i] != null) {
        int place = oldHashes[i] & mask;
        while (keys[place] != null) {
          place = (place + 1) & mask;
        }
        keys[place] = oldKeys[i];
        hashes[place] = oldHashes[i];
        aggregates[place] = oldAggregates[i];
      }
    }
  }

  private void allocate(int capacity) {
    keys = new AggregateKey[capacity];
    hashes = new int[capacity];
    aggregates = new MinuteAggregate[capacity];
  }
}
