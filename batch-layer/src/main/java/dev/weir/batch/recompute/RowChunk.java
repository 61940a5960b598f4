package dev.weir.batch.recompute;

import dev.weir.batch.read.RowBatch;

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

  /** Whether there is room for as many rows as a batch may have. */
  boolean hasRoom() {
    return size <= MOST_ROWS - RowBatch.MOST_ROWS;
  }

  /** Takes rows in; there must be room for them. */
  void add(RowBatch rows) {
    for (int n = 0; n < width; n++) {
      long[] values = rows.numbers(n);
      for (int i = 0, at = size * width + n; i < rows.size(); i++, at += width) {
        numbers[at] = values[i];
      }
    }
    for (int d = 0; d < identifiers; d++) {
      long[] hashes = rows.identifierHashes(d);
      for (int i = 0, at = size * identifiers + d; i < rows.size(); i++, at += identifiers) {
        identifierHashes[at] = hashes[i];
      }
    }
    System.arraycopy(rows.numbersPresent(), 0, numbersPresent, size, rows.size());
    System.arraycopy(rows.identifiersPresent(), 0, identifiersPresent, size, rows.size());
    size += rows.size();
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
