package dev.weir.batch.recompute;

import dev.weir.aggregate.AggregateKey;
import dev.weir.aggregate.MinuteAggregate;
import dev.weir.batch.read.RowCursor;
import dev.weir.batch.read.TextDictionary;
import dev.weir.pipeline.Cube;
import java.util.Arrays;

/**
 * Aggregates of one cube while a bucket's rows are added, found by minute and numbered dimension
 * values. Hot path: adding to a known series allocates nothing.
 */
final class SeriesTable {
  private final int cubeIndex;
  private final Cube cube;
  private final int[] positions;

  /** Minute of the hour, then the dimensions' numbers, for each series. */
  private int[] keys;

  private MinuteAggregate[] aggregates = new MinuteAggregate[64];
  private int[] slots = new int[256];
  private int size;
  private final int[] probe;

  SeriesTable(int cubeIndex, Cube cube) {
    this.cubeIndex = cubeIndex;
    this.cube = cube;
    this.positions = cube.dimensions().stream().mapToInt(Integer::intValue).toArray();
    this.probe = new int[positions.length + 1];
    this.keys = new int[aggregates.length * probe.length];
  }

  void add(RowCursor row, int minute) {
    int[] dimensions = row.dimensions();
    probe[0] = minute;
    int hash = minute;
    for (int i = 0; i < positions.length; i++) {
      int number = dimensions[positions[i]];
      probe[i + 1] = number;
      hash = hash * 0x9E3779B1 + number;
    }
    find(hash)
        .add(row.numbers(), row.numbersPresent(), row.identifierHashes(), row.identifiersPresent());
  }

  private MinuteAggregate find(int hash) {
    int mask = slots.length - 1;
    for (int slot = spread(hash) & mask; ; slot = (slot + 1) & mask) {
      int series = slots[slot] - 1;
      if (series < 0) {
        return insert(slot);
      }
      int at = series * probe.length;
      if (Arrays.equals(keys, at, at + probe.length, probe, 0, probe.length)) {
        return aggregates[series];
      }
    }
  }

  private static int spread(int hash) {
    int mixed = hash * 0x85EBCA6B;
    return mixed ^ (mixed >>> 15);
  }

  private MinuteAggregate insert(int slot) {
    if (size == aggregates.length) {
      aggregates = Arrays.copyOf(aggregates, 2 * size);
      keys = Arrays.copyOf(keys, 2 * keys.length);
    }
    MinuteAggregate aggregate = MinuteAggregate.empty(cube.layout());
    aggregates[size] = aggregate;
    System.arraycopy(probe, 0, keys, size * probe.length, probe.length);
    slots[slot] = ++size;
    if (2 * size > slots.length) {
      grow();
    }
    return aggregate;
  }

  private void grow() {
    slots = new int[2 * slots.length];
    int mask = slots.length - 1;
    for (int series = 0; series < size; series++) {
      int hash = keys[series * probe.length];
      for (int i = 1; i < probe.length; i++) {
        hash = hash * 0x9E3779B1 + keys[series * probe.length + i];
      }
      int slot = spread(hash) & mask;
      while (slots[slot] != 0) {
        slot = (slot + 1) & mask;
      }
      slots[slot] = series + 1;
    }
  }

  /** Moves everything to series named by their texts. */
  CubeSeries toSeries(long hourMillis, TextDictionary dictionary) {
    CubeSeries result = new CubeSeries(cube.layout());
    for (int series = 0; series < size; series++) {
      int at = series * probe.length;
      String[] dimensions = new String[positions.length];
      for (int i = 0; i < dimensions.length; i++) {
        dimensions[i] = dictionary.text(keys[at + 1 + i]);
      }
      result.put(
          new AggregateKey(cubeIndex, hourMillis + 60_000L * keys[at], dimensions),
          aggregates[series]);
    }
    return result;
  }
}
