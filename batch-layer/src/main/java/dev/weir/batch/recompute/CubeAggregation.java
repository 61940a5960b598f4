package dev.weir.batch.recompute;

import dev.weir.batch.read.RowCursor;
import dev.weir.batch.select.CubePlan;
import dev.weir.pipeline.Cube;

/** One cube's aggregates of a bucket, in the three parts of {@link BucketResult.CubeParts}. */
final class CubeAggregation {
  private final long freshFrom;
  private final long hourMillis;
  private final SeriesTable settled;
  private final SeriesTable fresh;
  private final SeriesTable dropped;

  CubeAggregation(CubePlan plan, Cube cube, long hourMillis) {
    this.freshFrom = plan.freshFrom();
    this.hourMillis = hourMillis;
    this.settled = new SeriesTable(plan.cube(), cube);
    this.fresh = new SeriesTable(plan.cube(), cube);
    this.dropped = new SeriesTable(plan.cube(), cube);
  }

  /** Notes a row that stays; {@code number} is its place in the chunk. */
  void keep(RowCursor row, int minute, int number) {
    (row.commit() > freshFrom ? fresh : settled).note(row, minute, number);
  }

  /** Notes a duplicate. */
  void drop(RowCursor row, int minute, int number) {
    if (row.commit() > freshFrom) {
      dropped.note(row, minute, number);
    }
  }

  /** Adds the rows noted; the arrays are overwritten. */
  void add(RowChunk chunk, long[] numbers, long[] identifierHashes) {
    settled.add(chunk, numbers, identifierHashes);
    fresh.add(chunk, numbers, identifierHashes);
    dropped.add(chunk, numbers, identifierHashes);
  }

  BucketResult.CubeParts parts(RowCursor row) {
    return new BucketResult.CubeParts(
        settled.toSeries(hourMillis, row.dictionary()),
        fresh.toSeries(hourMillis, row.dictionary()),
        dropped.toSeries(hourMillis, row.dictionary()));
  }
}
