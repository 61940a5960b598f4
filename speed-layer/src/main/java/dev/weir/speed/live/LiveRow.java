package dev.weir.speed.live;

import dev.weir.aggregate.AggregateKey;
import dev.weir.aggregate.MinuteAggregate;

/**
 * What one series has counted since a checkpoint.
 *
 * @param base that checkpoint
 * @param seq the later of two rows has the greater one
 */
record LiveRow(long base, long seq, AggregateKey key, MinuteAggregate aggregate) {

  Identity identity() {
    return new Identity(base, key);
  }

  /** Of rows of the same identity only the latest counts. */
  record Identity(long base, AggregateKey key) {}
}
