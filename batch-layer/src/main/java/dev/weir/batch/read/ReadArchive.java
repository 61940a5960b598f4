package dev.weir.batch.read;

import dev.weir.batch.select.InputFile;
import dev.weir.batch.select.RunPlan;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.PairFlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import scala.Tuple2;

/**
 * Task: reads groups of archive files and emits (bucket, block): the rows of the wanted event
 * hours, packed, and for each file and hour a {@link FileTally}, sent to the hour's first bucket.
 *
 * <p>A file that is missing or damaged does not fail the task: its tally carries the reason, and
 * only its event hours are held back.
 */
public final class ReadArchive
    implements PairFlatMapFunction<Iterator<List<InputFile>>, Integer, byte[]> {
  private static final long serialVersionUID = 1L;

  private final Broadcast<RunPlan> plan;

  public ReadArchive(Broadcast<RunPlan> plan) {
    this.plan = plan;
  }

  @Override
  public Iterator<Tuple2<Integer, byte[]>> call(Iterator<List<InputFile>> groups) {
    return new RoutedRows(plan.value(), groups);
  }
}
