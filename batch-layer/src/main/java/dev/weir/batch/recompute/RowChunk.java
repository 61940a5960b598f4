package dev.weir.batch.recompute;

import dev.weir.batch.read.RowCursor;

/**
 * What is to be aggregated of some thousand rows. Rows in order of time belong to a different
 * series each, and the aggregates of all are more than a core's cache holds; taken together, those
 * of one series find its aggregate there. Reused; not thread safe.
 */
final class RowChunk {
  /** The most rows: a fraction of a core's cache. */
  static final int MOST_ROWS = 1 << 14;

  private final long[] numbers;
  private final long[] identifierHashes;
  private final long[] numbersPresent = new long[MOST_ROWS];
  private final long[] identifiersPresent = new long[MOST_ROWS];
  private final int width;
  private final int identifiers;
  private int size;

  /**
   * @param numbers how many numbers the pipeline's events declare
   * @param identifiers how many identifiers
   */
  RowChunk(int numbers, int identifiers) {
    this.width = numbers;
    this.identifiers = identifiers;
    this.numbers = new long[numbers * MOST_ROWS];
    this.identifierHashes = new long[identifiers * MOST_ROWS];
  }

  /** Takes a row in; there must be room for it. */
  void add(RowCursor row) {
    System.arraycopy(row.numbers(), 0, numbers, size * width, width);
    System.arraycopy(row.identifierHashes(), 0, identifierHashes, size * identifiers, identifiers);
    numbersPresent[size] = row.numbersPresent();
    identifiersPresent[size] = row.identifiersPresent();
    size++;
  }

  /** How many rows there are; they are numbered from 0. */
  int size() {
    return size;
  }

  void clear() {
    size = 0;
  }

  /** Copies a row's numbers. */
  void copyNumbers(int row, long[] to) {
    System.arraycopy(numbers, row * width, to, 0, width);
  }

  /** Copies the hashes of a row's identifiers. */
  void copyIdentifierHashes(int row, long[] to) {
    System.arraycopy(identifierHashes, row * identifiers, to, 0, identifiers);
  }

  long numbersPresent(int row) {
    return numbersPresent[row];
  }

  long identifiersPresent(int row) {
    return identifiersPresent[row];
  }
}
