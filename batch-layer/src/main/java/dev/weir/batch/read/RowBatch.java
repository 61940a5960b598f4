package dev.weir.batch.read;

import dev.weir.archive.EncodedEvents;
import dev.weir.archive.Utf8Slice;
import dev.weir.pipeline.Pipeline;

/**
 * Unpacks some hundred rows of a bucket at a time, a column after the other: the rows lie far
 * apart, and a core fetches many of them at once where the loop that asks for them is short. The
 * arrays it hands out are overwritten by the next {@link #moveTo}. Hot path: it allocates nothing.
 */
public final class RowBatch implements EncodedEvents {
  /** The most rows. */
  public static final int MOST_ROWS = 512;

  private static final long MINUTE_MICROS = 60_000_000L;

  private final BucketRows rows;
  private final TextDictionary dictionary;
  private final Utf8Slice text = new Utf8Slice();
  private final RowBlock[] blocks = new RowBlock[MOST_ROWS];
  private final int[] places = new int[MOST_ROWS];
  private final long[] commits = new long[MOST_ROWS];
  private final long[] timeMicros = new long[MOST_ROWS];
  private final int[] sources = new int[MOST_ROWS];
  private final int[][] dimensions;
  private final long[][] numbers;
  private final long[] numbersPresent = new long[MOST_ROWS];
  private final long[][] identifierHashes;
  private final long[] identifiersPresent = new long[MOST_ROWS];
  private int size;

  public RowBatch(Pipeline pipeline, BucketRows rows) {
    this.rows = rows;
    this.dictionary = rows.dictionary();
    this.dimensions = new int[pipeline.event().dimensions().size()][MOST_ROWS];
    this.numbers = new long[pipeline.event().numbers().size()][MOST_ROWS];
    this.identifierHashes = new long[pipeline.event().identifiers().size()][MOST_ROWS];
  }

  /**
   * Unpacks what aggregating needs of some[from] to some[to - 1].
   *
   * @param some numbers of the bucket's rows
   * @param to {@value #MOST_ROWS} behind {@code from} at most
   */
  public void moveTo(int[] some, int from, int to) {
    size = to - from;
    for (int i = 0; i < size; i++) {
      blocks[i] = rows.block(some[from + i]);
      places[i] = rows.place(some[from + i]);
    }
    for (int i = 0; i < size; i++) {
      commits[i] = blocks[i].commit.get(places[i]);
    }
    for (int i = 0; i < size; i++) {
      timeMicros[i] = blocks[i].timeMicros.get(places[i]);
    }
    for (int i = 0; i < size; i++) {
      sources[i] = blocks[i].source.number(places[i]);
    }
    for (int d = 0; d < dimensions.length; d++) {
      int[] texts = dimensions[d];
      for (int i = 0; i < size; i++) {
        texts[i] = blocks[i].dimensions[d].number(places[i]);
      }
    }
    for (int i = 0; i < size; i++) {
      numbersPresent[i] = blocks[i].numbersPresent.get(places[i]);
    }
    for (int n = 0; n < numbers.length; n++) {
      long[] values = numbers[n];
      for (int i = 0; i < size; i++) {
        values[i] = blocks[i].numbers[n].get(places[i]);
      }
    }
    unpackIdentifiers();
  }

  private void unpackIdentifiers() {
    for (int i = 0; i < size; i++) {
      identifiersPresent[i] = 0;
    }
    for (int d = 0; d < identifierHashes.length; d++) {
      long[] hashes = identifierHashes[d];
      for (int i = 0; i < size; i++) {
        PackedTexts identifier = blocks[i].identifiers[d];
        if (!identifier.isNull(places[i])) {
          hashes[i] = identifier.hash(places[i]);
          identifiersPresent[i] |= 1L << d;
        }
      }
    }
  }

  @Override
  public int size() {
    return size;
  }

  /** The commits that archived the rows. */
  public long[] commits() {
    return commits;
  }

  @Override
  public long commit(int row) {
    return commits[row];
  }

  /** The minute of its event hour that a row belongs to, 0 to 59. */
  public int minuteOfHour(int row) {
    return (int) Math.floorMod(Math.floorDiv(timeMicros[row], MINUTE_MICROS), 60L);
  }

  /** The rows' texts of a dimension as numbers of the {@link #dictionary()}. */
  public int[] dimensionNumbers(int dimension) {
    return dimensions[dimension];
  }

  public TextDictionary dictionary() {
    return dictionary;
  }

  /** The rows' values of a declared number; of no meaning where it is not present. */
  public long[] numbers(int number) {
    return numbers[number];
  }

  @Override
  public long number(int number, int row) {
    return numbers[number][row];
  }

  /** By row: bit i is set where declared number i is present. */
  public long[] numbersPresent() {
    return numbersPresent;
  }

  @Override
  public long numbersPresent(int row) {
    return numbersPresent[row];
  }

  /** Hashes of the rows' identifiers, for the distinct counters. */
  public long[] identifierHashes(int identifier) {
    return identifierHashes[identifier];
  }

  /** By row: bit i is set where identifier i is present. */
  public long[] identifiersPresent() {
    return identifiersPresent;
  }

  /** By row: the name of the source the event came from, as a number of the dictionary. */
  public int[] sources() {
    return sources;
  }

  @Override
  public String sourceName(int row) {
    return dictionary.text(sources[row]);
  }

  @Override
  public String topic(int row) {
    return dictionary.text(blocks[row].topic.number(places[row]));
  }

  @Override
  public int partition(int row) {
    return (int) blocks[row].partition.get(places[row]);
  }

  @Override
  public long offset(int row) {
    return blocks[row].offset.get(places[row]);
  }

  @Override
  public long recordMillis(int row) {
    return blocks[row].recordMillis.get(places[row]);
  }

  @Override
  public long timeMicros(int row) {
    return timeMicros[row];
  }

  @Override
  public Utf8Slice id(int row) {
    PackedTexts ids = blocks[row].id;
    return ids.isNull(places[row]) ? null : ids.slice(places[row], text);
  }

  @Override
  public String dimension(int dimension, int row) {
    return dictionary.text(dimensions[dimension][row]);
  }

  @Override
  public Utf8Slice identifier(int identifier, int row) {
    return (identifiersPresent[row] >>> identifier & 1) == 0
        ? null
        : blocks[row].identifiers[identifier].slice(places[row], text);
  }
}
