package dev.weir.batch.recompute;

import dev.weir.archive.ArchiveFile;
import dev.weir.archive.ArchiveFileWriter;
import dev.weir.archive.ArchiveKind;
import dev.weir.archive.ArchivePaths;
import dev.weir.archive.ArchiveSchema;
import dev.weir.batch.compact.DropDuplicates;
import dev.weir.batch.compact.EventTimeOrder;
import dev.weir.batch.read.BucketRows;
import dev.weir.batch.read.RowCursor;
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
  private final RowCursor cursor;
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
    this.cursor = new RowCursor(pipeline, rows);
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
    long inputHash = 0;
    long droppedHash = 0;
    for (int row = 0; row < rows.size(); row++) {
      inputHash += rows.rowHash(row);
      if (dropped.get(row)) {
        droppedHash += rows.rowHash(row);
        aggregateDropped(row);
      }
    }
    int[] order = EventTimeOrder.of(rows, dropped);
    ArchiveFile compacted = null;
    if (hour.compacts() && order.length > 0) {
      compacted = keepAndWrite(order, number);
    } else {
      for (int row : order) {
        keep(row);
      }
    }
    addChunk();
    return new BucketResult(
        hour.index(),
        List.copyOf(rows.tallies()),
        rows.size(),
        inputHash,
        dropped.cardinality(),
        droppedHash,
        compacted,
        cubes.stream().map(cube -> cube.parts(cursor)).toList(),
        arrivalsBySource());
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
      for (int row : order) {
        keep(row);
        writer.write(cursor);
      }
      complete = true;
    } finally {
      if (!complete) {
        writer.abandon();
      }
    }
    return writer.close();
  }

  private void keep(int row) {
    moveTo(row);
    int minute = minute();
    for (CubeAggregation cube : cubes) {
      cube.keep(cursor, minute, chunk.size());
    }
    chunk.add(cursor);
  }

  private void aggregateDropped(int row) {
    moveTo(row);
    int minute = minute();
    for (CubeAggregation cube : cubes) {
      cube.drop(cursor, minute, chunk.size());
    }
    chunk.add(cursor);
  }

  private void moveTo(int row) {
    if (chunk.size() == RowChunk.MOST_ROWS) {
      addChunk();
    }
    cursor.moveTo(row);
    countArrival();
  }

  private void addChunk() {
    for (CubeAggregation cube : cubes) {
      cube.add(chunk, numbers, identifierHashes);
    }
    chunk.clear();
  }

  private void countArrival() {
    if (cursor.commit() > plan.conservedThrough()) {
      int source = cursor.source();
      if (source >= arrivals.length) {
        arrivals = Arrays.copyOf(arrivals, 2 * source);
      }
      arrivals[source]++;
    }
  }

  private Map<String, Long> arrivalsBySource() {
    Map<String, Long> bySource = new HashMap<>();
    for (int source = 0; source < arrivals.length; source++) {
      if (arrivals[source] > 0) {
        bySource.put(cursor.dictionary().text(source), arrivals[source]);
      }
    }
    return bySource;
  }

  private int minute() {
    return (int) ((cursor.minuteMillis() - hour.hourMillis()) / 60_000L);
  }
}
