package dev.weir.speed.combine;

import dev.weir.aggregate.AggregateKey;
import dev.weir.aggregate.MinuteAggregate;
import dev.weir.speed.commit.EpochPart.SeriesDelta;

/** What a series has counted in the open epoch, and how much of it the live preview has. */
final class OpenSeries {
  private final AggregateKey key;
  private final MinuteAggregate sum;

  /** Whether the preview has a row of it. */
  boolean shown;

  /** Whether it waits to be shown. */
  boolean changed;

  /** Whether its row is to get the sketches that go with its counts. */
  boolean sketchesChanged;

  /**
   * @param delta the first one; its aggregate grows from here on
   */
  OpenSeries(SeriesDelta delta) {
    this.key = delta.key();
    this.sum = delta.aggregate();
  }

  void merge(SeriesDelta delta) {
    sum.merge(delta.aggregate());
  }

  /** All that was counted so far. */
  SeriesDelta cumulative() {
    return new SeriesDelta(key.cube(), key, sum);
  }
}
