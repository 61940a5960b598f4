package dev.weir.batch.recompute;

import dev.weir.archive.ArchiveFile;
import dev.weir.archive.ArchiveFileWriter;
import dev.weir.archive.ArchiveKind;
import dev.weir.archive.ArchivePaths;
import dev.weir.archive.ArchiveSchema;
import dev.weir.batch.compact.DropDuplicates;
import dev.weir.batch.compact.EventTimeOrder;
import dev.weir.batch.read.BucketRows;
import dev.weir.batch.read.RowBatch;
import dev.weir.batch.select.CubePlan;
import dev.weir.batch.select.HourPlan;
import dev.weir.batch.select.RunPlan;
import dev.weir.batch.store.ArchiveStore;
import dev.weir.pipeline.Pipeline;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * One bucket: drops duplicates, then passes once over the rows, in order of event time, aggregating
 * them and writing them to the compacted file.
 */
final class BucketWork {
  private final RunPlan plan;
  private final HourPlan hour;
  private final Pipeline pipeline;
  private final BucketRows rows;
  private final RowBatch batch;
  private final List<CubeAggregation> cubes = new ArrayList<>();
  private final RowChunk chunk;
  private final long[] numbers;
  private final long[] identifierHashes;

  /** Rows of newly counted commits by the number of their source. */
  private long[] arrivals = new long[8];

  BucketWork(RunPlan plan, HourPlan hour, BucketRows rows) {
    this.plan = plan;
    this.hour = hour;
    this.pipeline = plan.declaration().pipeline();
    this.rows = rows;
    this.batch = new RowBatch(pipeline, rows);
    this.numbers = new long[pipeline.event().numbers().size()];
    this.identifierHashes = new long[pipeline.event().identifiers().size()];
    this.chunk = new RowChunk(numbers.length, identifierHashes.length);
    for (CubePlan cube : hour.cubes()) {
      cubes.add(new CubeAggregation(cube, pipeline.cubes().get(cube.cube()), hour.hourMillis()));
    }
  }

  /**
   * Does the work.
   *
   * @param number of the bucket within its hour
   */
  BucketResult run(int number) throws IOException {
    BitSet dropped = DropDuplicates.among(rows);
    long[] hashes = hashes(dropped);
    int[] duplicates = dropped.stream().toArray();
    for (int from = 0; from < duplicates.length; from += RowBatch.MOST_ROWS) {
      moveTo(duplicates, from);
      for (CubeAggregation cube : cubes) {
        cube.drop(batch, chunk.size());
      }
      chunk.add(batch);
    }
    int[] order = EventTimeOrder.of(rows, dropped);
    ArchiveFile compacted = null;
    if (hour.compacts() && order.length > 0) {
      compacted = keepAndWrite(order, number);
    } else {
      for (int from = 0; from < order.length; from += RowBatch.MOST_ROWS) {
        keep(order, from);
      }
    }
    addChunk();
    return new BucketResult(
        hour.index(),
        List.copyOf(rows.tallies()),
        rows.size(),
        hashes[0],
        duplicates.length,
        hashes[1],
        compacted,
        cubes.stream().map(cube -> cube.parts(batch.dictionary())).toList(),
        arrivalsBySource());
  }

  /** The sum of all rows' hashes, and of those of the dropped ones. */
  private long[] hashes(BitSet dropped) {
    long[] sums = new long[2];
    rows.eachRowHash(
        (first, hashes, count) -> {
          for (int i = 0; i < count; i++) {
            sums[0] += hashes[i];
          }
          int end = first + count;
          for (int row = dropped.nextSetBit(first);
              row >= 0 && row < end;
              row = dropped.nextSetBit(row + 1)) {
            sums[1] += hashes[row - first];
          }
        });
    return sums;
  }

  private ArchiveFile keepAndWrite(int[] order, int number) throws IOException {
    String path = ArchivePaths.hours(hour.hourMillis(), plan.version(), number);
    ArchiveFileWriter writer =
        ArchiveFileWriter.open(
            ArchiveStore.of(plan.archive()).output(path),
            path,
            ArchiveKind.HOURS,
            ArchiveSchema.of(pipeline));
    boolean complete = false;
    try {
      for (int from = 0; from < order.length; from += RowBatch.MOST_ROWS) {
        keep(order, from);
        writer.write(batch);
      }
      complete = true;
    } finally {
      if (!complete) {
        writer.abandon();
      }
    }
    return writer.close();
  }

  private void keep(int[] order, int from) {
    moveTo(order, from);
    for (CubeAggregation cube : cubes) {
      cube.keep(batch, chunk.size());
    }
    chunk.add(batch);
  }

  private void moveTo(int[] some, int from) {
    if (!chunk.hasRoom()) {
      addChunk();
    }
    batch.moveTo(some, from, Math.min(some.length, from + RowBatch.MOST_ROWS));
    countArrivals();
  }

  private void addChunk() {
    for (CubeAggregation cube : cubes) {
      cube.add(chunk, numbers, identifierHashes);
    }
    chunk.clear();
  }

  private void countArrivals() {
    long[] commits = batch.commits();
    int[] sources = batch.sources();
    for (int row = 0; row < batch.size(); row++) {
      if (commits[row] > plan.conservedThrough()) {
        if (sources[row] >= arrivals.length) {
          arrivals = Arrays.copyOf(arrivals, 2 * sources[row]);
        }
        arrivals[sources[row]]++;
      }
    }
  }

  private Map<String, Long> arrivalsBySource() {
    Map<String, Long> bySource = new HashMap<>();
    for (int source = 0; source < arrivals.length; source++) {
      if (arrivals[source] > 0) {
        bySource.put(batch.dictionary().text(source), arrivals[source]);
      }
    }
    return bySource;
  }
}
