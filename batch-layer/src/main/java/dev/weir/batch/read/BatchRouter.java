package dev.weir.batch.read;

import dev.weir.archive.EventBatch;
import dev.weir.batch.select.HourPlan;
import dev.weir.batch.select.InputFile;
import dev.weir.batch.select.RunPlan;
import java.util.Arrays;
import java.util.Deque;
import scala.Tuple2;

/** Sorts the rows of each batch into the buckets of their event hours. Not thread safe. */
final class BatchRouter {
  private static final int NOT_WANTED = -1;

  private final BlockWriter writer;
  private final long[] duplicateKeys = new long[EventBatch.MOST_ROWS];
  private final int[] bucketOfRow = new int[EventBatch.MOST_ROWS];
  private final int[] rows = new int[EventBatch.MOST_ROWS];
  private final long[] commitOfFile = new long[EventBatch.MOST_ROWS];

  /** By bucket: how many rows it gets, then where its next one goes. */
  private final int[] places;

  private final int[] touched;

  BatchRouter(RunPlan plan) {
    writer = new BlockWriter(plan.declaration().pipeline().event().numbers().size());
    places = new int[plan.hourOfBucket().length];
    touched = new int[Math.min(places.length, EventBatch.MOST_ROWS)];
  }

  /** Adds a block for each bucket that has rows in the batch, and counts the rows. */
  void route(
      EventBatch batch, InputFile file, FileHours hours, Deque<Tuple2<Integer, byte[]>> blocks) {
    int buckets = choose(batch, hours);
    long[] commits = batch.commits();
    if (file.commit() != 0) {
      Arrays.fill(commitOfFile, 0, batch.rows(), file.commit());
      commits = commitOfFile;
    }
    int end = 0;
    for (int i = 0; i < buckets; i++) {
      int count = places[touched[i]];
      places[touched[i]] = end;
      end += count;
    }
    for (int row = 0; row < batch.rows(); row++) {
      if (bucketOfRow[row] != NOT_WANTED) {
        rows[places[bucketOfRow[row]]++] = row;
      }
    }
    int from = 0;
    for (int i = 0; i < buckets; i++) {
      int bucket = touched[i];
      int to = places[bucket];
      places[bucket] = 0;
      blocks.add(new Tuple2<>(bucket, writer.write(batch, commits, duplicateKeys, rows, from, to)));
      from = to;
    }
  }

  /** Finds each row's bucket, and returns how many buckets were touched. */
  private int choose(EventBatch batch, FileHours hours) {
    Arrays.fill(places, 0);
    int buckets = 0;
    for (int row = 0; row < batch.rows(); row++) {
      FileHours.Tally tally = hours.find(batch.hourMillis(row));
      if (tally == null) {
        bucketOfRow[row] = NOT_WANTED;
        continue;
      }
      tally.add(batch.storedHashes()[row], batch.rowHashes()[row]);
      long key = batch.duplicateKey(row);
      duplicateKeys[row] = key;
      HourPlan hour = tally.hour();
      int bucket = hour.firstBucket();
      if (hour.buckets() > 1) {
        bucket += (int) Long.remainderUnsigned(key, hour.buckets());
      }
      bucketOfRow[row] = bucket;
      if (places[bucket]++ == 0) {
        touched[buckets++] = bucket;
      }
    }
    return buckets;
  }
}
