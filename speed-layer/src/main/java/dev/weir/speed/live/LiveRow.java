package dev.weir.speed.live;

import dev.weir.aggregate.AggregateKey;

/**
 * What one series has counted since a checkpoint.
 *
 * @param base that checkpoint
 * @param seq the later of two rows has the greater one
 * @param bytes the row in COPY's binary format
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record LiveRow(long base, long seq, AggregateKey key, Extent extent, byte[] bytes) {

  /** How much of the row is written. */
  enum Extent {
    WHOLE,
    /** All but the sketches, of a row that is there. */
    COUNTS
  }

  Identity identity() {
    return new Identity(base, key, extent);
  }

  /** What a row adds to the whole one of the same series. */
  Identity counts() {
    return new Identity(base, key, Extent.COUNTS);
  }

  /** Of rows of the same identity only the latest counts. */
  record Identity(long base, AggregateKey key, Extent extent) {}
}
