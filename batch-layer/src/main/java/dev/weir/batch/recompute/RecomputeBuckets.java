package dev.weir.batch.recompute;

import dev.weir.batch.read.BucketRows;
import dev.weir.batch.select.HourPlan;
import dev.weir.batch.select.RunPlan;
import dev.weir.pipeline.EventSchema;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.function.PairFlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import scala.Tuple2;

/**
 * Task: takes the blocks of a partition's buckets and gives (hour, {@link BucketResult}). Holds the
 * rows of its buckets in memory, which the plan has cut to a bounded number of rows.
 */
public final class RecomputeBuckets
    implements PairFlatMapFunction<Iterator<Tuple2<Integer, byte[]>>, Integer, BucketResult> {
  private static final long serialVersionUID = 1L;

  private final Broadcast<RunPlan> plan;

  public RecomputeBuckets(Broadcast<RunPlan> plan) {
    this.plan = plan;
  }

  @Override
  public Iterator<Tuple2<Integer, BucketResult>> call(Iterator<Tuple2<Integer, byte[]>> blocks)
      throws IOException {
    RunPlan run = plan.value();
    EventSchema schema = run.declaration().pipeline().event();
    Map<Integer, BucketRows> buckets = new TreeMap<>();
    while (blocks.hasNext()) {
      Tuple2<Integer, byte[]> block = blocks.next();
      buckets.computeIfAbsent(block._1(), b -> new BucketRows(schema)).add(block._2());
    }
    int[] hourOfBucket = run.hourOfBucket();
    List<Tuple2<Integer, BucketResult>> results = new ArrayList<>();
    for (Map.Entry<Integer, BucketRows> bucket : buckets.entrySet()) {
      HourPlan hour = run.hours().get(hourOfBucket[bucket.getKey()]);
      BucketWork work = new BucketWork(run, hour, bucket.getValue());
      results.add(new Tuple2<>(hour.index(), work.run(bucket.getKey() - hour.firstBucket())));
    }
    return results.iterator();
  }
}
