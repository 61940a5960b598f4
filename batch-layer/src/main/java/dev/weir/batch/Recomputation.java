package dev.weir.batch;

import dev.weir.batch.read.ReadArchive;
import dev.weir.batch.recompute.HourOutcome;
import dev.weir.batch.recompute.RecomputeBuckets;
import dev.weir.batch.recompute.RecomputeHour;
import dev.weir.batch.select.InputFile;
import dev.weir.batch.select.PackedPartitioner;
import dev.weir.batch.select.RunPlan;
import java.util.Comparator;
import java.util.List;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/**
 * The dataflow: every file is read once, every row crosses one shuffle.
 *
 * <pre>
 * ReadArchive --(bucket, rows)--> RecomputeBuckets --(hour, aggregates)--> RecomputeHour
 * </pre>
 *
 * It writes rows and files under the plan's version, which nobody sees before it is published.
 */
final class Recomputation {
  private final Supplier<JavaSparkContext> spark;
  private final long bucketRows;
  private final Progress progress;

  /**
   * @param spark asked for when there is work; not closed here
   * @param bucketRows how many rows a task may hold in memory
   */
  Recomputation(Supplier<JavaSparkContext> spark, long bucketRows, Progress progress) {
    this.spark = spark;
    this.bucketRows = bucketRows;
    this.progress = progress;
  }

  /** The outcome of each of the plan's hours, in their order. */
  List<HourOutcome> of(RunPlan plan) {
    if (plan.hours().isEmpty()) {
      return List.of();
    }
    JavaSparkContext context = spark.get();
    Broadcast<RunPlan> shared = context.broadcast(plan);
    List<List<InputFile>> groups = plan.fileGroups(bucketRows);
    StageProgress stages =
        new StageProgress(
            progress,
            List.of(
                "reading " + counted(plan.files().size(), "file"),
                "recomputing " + counted(plan.hours().size(), "event hour"),
                "checking and writing"));
    context.sc().addSparkListener(stages);
    try {
      return context
          .parallelize(groups, groups.size())
          .mapPartitionsToPair(new ReadArchive(shared))
          .partitionBy(new PackedPartitioner(plan.rowsOfBuckets(), bucketRows))
          .mapPartitionsToPair(new RecomputeBuckets(shared))
          .partitionBy(new PackedPartitioner(plan.rowsOfHours(), bucketRows))
          .mapPartitions(new RecomputeHour(shared))
          .collect()
          .stream()
          .sorted(Comparator.comparingInt(HourOutcome::hour))
          .toList();
    } finally {
      context.sc().removeSparkListener(stages);
      shared.destroy();
    }
  }

  private static String counted(int number, String thing) {
    return number + " " + thing + (number == 1 ? "" : "s");
  }
}
