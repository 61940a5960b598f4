package dev.weir.batch;

import dev.weir.batch.read.ReadArchive;
import dev.weir.batch.recompute.FoldHours;
import dev.weir.batch.recompute.HourOutcome;
import dev.weir.batch.recompute.RecomputeBuckets;
import dev.weir.batch.recompute.RecomputeHour;
import dev.weir.batch.reconcile.VerifyFiles;
import dev.weir.batch.select.HourPlan;
import dev.weir.batch.select.InputFile;
import dev.weir.batch.select.PackedPartitioner;
import dev.weir.batch.select.RunPlan;
import dev.weir.batch.wording.Counted;
import java.util.ArrayList;
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
 *                                 writes hours of one bucket
 * FoldHours, for sealed hours, whose files are gone
 * </pre>
 *
 * It writes rows and files under the plan's version, which nobody sees before it is published.
 */
final class Recomputation {
  private static final int FOLDING_TASKS = 16;

  /** A reading task holds only one batch of rows, so this is about how often a task starts. */
  private static final long ROWS_PER_READING_TASK = 1_000_000;

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
    List<HourOutcome> outcomes = new ArrayList<>();
    List<Integer> sealed = new ArrayList<>();
    for (HourPlan hour : plan.hours()) {
      if (hour.sealed()) {
        sealed.add(hour.index());
      } else if (hour.inputs().isEmpty()) {
        // No file of it is listed any more, so no task would see it.
        outcomes.add(HourOutcome.heldBack(hour.index(), VerifyFiles.of(plan, hour, List.of())));
      }
    }
    if (outcomes.size() < plan.hours().size()) {
      JavaSparkContext context = spark.get();
      Broadcast<RunPlan> shared = context.broadcast(plan);
      try {
        if (!plan.files().isEmpty()) {
          outcomes.addAll(recompute(context, plan, shared));
        }
        if (!sealed.isEmpty()) {
          progress.step("folding " + Counted.of(sealed.size(), "sealed event hour"));
          outcomes.addAll(
              context
                  .parallelize(sealed, Math.min(sealed.size(), FOLDING_TASKS))
                  .mapPartitions(new FoldHours(shared))
                  .collect());
        }
      } finally {
        shared.destroy();
      }
    }
    outcomes.sort(Comparator.comparingInt(HourOutcome::hour));
    return outcomes;
  }

  private List<HourOutcome> recompute(
      JavaSparkContext context, RunPlan plan, Broadcast<RunPlan> shared) {
    List<List<InputFile>> groups = plan.fileGroups(ROWS_PER_READING_TASK);
    StageProgress stages =
        new StageProgress(
            progress,
            List.of(
                "reading " + Counted.of(plan.files().size(), "file"),
                "recomputing " + Counted.of(plan.hours().size(), "event hour"),
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
          .collect();
    } finally {
      context.sc().removeSparkListener(stages);
    }
  }
}
