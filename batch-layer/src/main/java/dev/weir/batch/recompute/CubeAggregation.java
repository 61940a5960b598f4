package dev.weir.batch.recompute;

import dev.weir.batch.read.RowBatch;
import dev.weir.batch.read.TextDictionary;
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

  /** Notes rows that stay; {@code number} is the first one's place in the chunk. */
  void keep(RowBatch rows, int number) {
    long[] commits = rows.commits();
    for (int row = 0; row < rows.size(); row++) {
      (commits[row] > freshFrom ? fresh : settled).note(rows, row, number + row);
    }
  }

  /** Notes duplicates, likewise. */
  void drop(RowBatch rows, int number) {
    long[] commits = rows.commits();
    for (int row = 0; row < rows.size(); row++) {
      if (commits[row] > freshFrom) {
        dropped.note(rows, row, number + row);
      }
    }
  }

  /** Adds the rows noted; the arrays are overwritten. */
  void add(RowChunk chunk, long[] numbers, long[] identifierHashes) {
    settled.add(chunk, numbers, identifierHashes);
    fresh.add(chunk, numbers, identifierHashes);
    dropped.add(chunk, numbers, identifierHashes);
  }

  BucketResult.CubeParts parts(TextDictionary dictionary) {
    return new BucketResult.CubeParts(
        settled.toSeries(hourMillis, dictionary),
        fresh.toSeries(hourMillis, dictionary),
        dropped.toSeries(hourMillis, dictionary));
  }
}
