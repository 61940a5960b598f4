package dev.weir.batch.recompute;

import dev.weir.aggregate.AggregateKey;
import dev.weir.aggregate.MinuteAggregate;
import dev.weir.batch.read.RowBatch;
import dev.weir.batch.read.TextDictionary;
import dev.weir.pipeline.Cube;
import java.util.Arrays;

/**
 * Aggregates of one cube while a bucket's rows are added, found by minute and numbered dimension
 * values. A row is noted first, and added with the others of its {@link RowChunk}, series by
 * series. Hot path: noting and adding to a known series allocate nothing.
 */
final class SeriesTable {
  private static final int NONE = -1;

  private final int cubeIndex;
  private final Cube cube;
  private final int[] positions;

  /** Aggregates begin as its copies: these share what does not differ between them. */
  private final MinuteAggregate empty;

  /** Minute of the hour, then the dimensions' numbers, for each series. */
  private int[] keys;

  private MinuteAggregate[] aggregates = new MinuteAggregate[64];
  private int[] slots = new int[256];
  private int size;
  private final int[] probe;

  /** By series: the row noted last, or {@link #NONE}; by row, the one of its series before it. */
  private int[] lastRow = new int[aggregates.length];

  private int[] rowBefore = {};
  private int[] noted = {};
  private int notedSeries;

  SeriesTable(int cubeIndex, Cube cube) {
    this.cubeIndex = cubeIndex;
    this.cube = cube;
    this.positions = cube.dimensions().stream().mapToInt(Integer::intValue).toArray();
    this.empty = MinuteAggregate.empty(cube.layout());
    this.probe = new int[positions.length + 1];
    this.keys = new int[aggregates.length * probe.length];
  }

  /**
   * Notes a row of the next chunk.
   *
   * @param row of the batch
   * @param number in the chunk
   */
  void note(RowBatch rows, int row, int number) {
    int minute = rows.minuteOfHour(row);
    probe[0] = minute;
    int hash = minute;
    for (int i = 0; i < positions.length; i++) {
      int text = rows.dimensionNumbers(positions[i])[row];
      probe[i + 1] = text;
      hash = hash * 0x9E3779B1 + text;
    }
    if (rowBefore.length == 0) {
      rowBefore = new int[RowChunk.MOST_ROWS];
      noted = new int[RowChunk.MOST_ROWS];
    }
    int series = find(hash);
    if (lastRow[series] == NONE) {
      noted[notedSeries++] = series;
    }
    rowBefore[number] = lastRow[series];
    lastRow[series] = number;
  }

  /**
   * Adds the rows noted, and forgets them.
   *
   * @param numbers as many as events declare, overwritten
   * @param identifierHashes likewise
   */
  void add(RowChunk chunk, long[] numbers, long[] identifierHashes) {
    for (int i = 0; i < notedSeries; i++) {
      int series = noted[i];
      MinuteAggregate aggregate = aggregates[series];
      for (int row = lastRow[series]; row != NONE; row = rowBefore[row]) {
        chunk.copyNumbers(row, numbers);
        chunk.copyIdentifierHashes(row, identifierHashes);
        aggregate.add(
            numbers, chunk.numbersPresent(row), identifierHashes, chunk.identifiersPresent(row));
      }
      lastRow[series] = NONE;
    }
    notedSeries = 0;
  }

  private int find(int hash) {
    int mask = slots.length - 1;
    for (int slot = spread(hash) & mask; ; slot = (slot + 1) & mask) {
      int series = slots[slot] - 1;
      if (series < 0) {
        return insert(slot);
      }
      int at = series * probe.length;
      if (Arrays.equals(keys, at, at + probe.length, probe, 0, probe.length)) {
        return series;
      }
    }
  }

  private static int spread(int hash) {
    int mixed = hash * 0x85EBCA6B;
    return mixed ^ (mixed >>> 15);
  }

  private int insert(int slot) {
    if (size == aggregates.length) {
      aggregates = Arrays.copyOf(aggregates, 2 * size);
      lastRow = Arrays.copyOf(lastRow, 2 * size);
      keys = Arrays.copyOf(keys, 2 * keys.length);
    }
    int series = size++;
    aggregates[series] = empty.copy();
    lastRow[series] = NONE;
    System.arraycopy(probe, 0, keys, series * probe.length, probe.length);
    slots[slot] = size;
    if (2 * size > slots.length) {
      grow();
    }
    return series;
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

  /** Moves everything to series named by their texts; no row may be noted and not added. */
  CubeSeries toSeries(long hourMillis, TextDictionary dictionary) {
    CubeSeries result = new CubeSeries(cube.layout(), size);
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
