package dev.weir.batch.recompute;

import dev.weir.batch.db.RunRefusedException;
import dev.weir.batch.read.BucketRows;
import dev.weir.batch.select.HourPlan;
import dev.weir.batch.select.RunPlan;
import dev.weir.pipeline.EventSchema;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.function.PairFlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import scala.Tuple2;

/**
 * Task: takes the blocks of a partition's buckets and gives (hour, {@link HourPart}). Holds the
 * rows of its buckets in memory, which the plan has cut to a bounded number of rows. An event hour
 * of a single bucket is finished at once: its aggregates need not travel, and its rows are written
 * while other hours are computed.
 */
public final class RecomputeBuckets
    implements PairFlatMapFunction<Iterator<Tuple2<Integer, byte[]>>, Integer, HourPart> {
  private static final long serialVersionUID = 1L;

  private final Broadcast<RunPlan> plan;

  public RecomputeBuckets(Broadcast<RunPlan> plan) {
    this.plan = plan;
  }

  @Override
  public Iterator<Tuple2<Integer, HourPart>> call(Iterator<Tuple2<Integer, byte[]>> blocks)
      throws SQLException, IOException, RunRefusedException {
    RunPlan run = plan.value();
    EventSchema schema = run.declaration().pipeline().event();
    TreeMap<Integer, BucketRows> buckets = new TreeMap<>();
    while (blocks.hasNext()) {
      Tuple2<Integer, byte[]> block = blocks.next();
      buckets.computeIfAbsent(block._1(), b -> new BucketRows(schema)).add(block._2());
    }
    int[] hourOfBucket = run.hourOfBucket();
    List<Tuple2<Integer, HourPart>> parts = new ArrayList<>();
    try (FinishHours finish = new FinishHours(run)) {
      while (!buckets.isEmpty()) {
        // Taken out, so that its rows need no memory any more once it is done.
        Map.Entry<Integer, BucketRows> bucket = buckets.pollFirstEntry();
        HourPlan hour = run.hours().get(hourOfBucket[bucket.getKey()]);
        BucketResult result =
            new BucketWork(run, hour, bucket.getValue()).run(bucket.getKey() - hour.firstBucket());
        parts.add(
            new Tuple2<>(
                hour.index(),
                hour.buckets() > 1 ? result : finish.finish(hour.index(), List.of(result))));
      }
    }
    return parts.iterator();
  }
}
