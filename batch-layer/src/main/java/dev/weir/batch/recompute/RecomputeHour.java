package dev.weir.batch.recompute;

import dev.weir.batch.db.RunRefusedException;
import dev.weir.batch.select.RunPlan;
import java.io.IOException;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;
import scala.Tuple2;

/**
 * Task: brings the buckets of each event hour together, checks the hour and writes its rows under
 * the run's version. Hours that are finished already pass through.
 */
public final class RecomputeHour
    implements FlatMapFunction<Iterator<Tuple2<Integer, HourPart>>, HourOutcome> {
  private static final long serialVersionUID = 1L;

  private final Broadcast<RunPlan> plan;

  public RecomputeHour(Broadcast<RunPlan> plan) {
    this.plan = plan;
  }

  @Override
  public Iterator<HourOutcome> call(Iterator<Tuple2<Integer, HourPart>> parts)
      throws SQLException, IOException, RunRefusedException {
    List<HourOutcome> outcomes = new ArrayList<>();
    Map<Integer, List<BucketResult>> hours = new TreeMap<>();
    while (parts.hasNext()) {
      Tuple2<Integer, HourPart> part = parts.next();
      if (part._2() instanceof BucketResult bucket) {
        hours.computeIfAbsent(part._1(), hour -> new ArrayList<>()).add(bucket);
      } else if (part._2() instanceof HourOutcome finished) {
        outcomes.add(finished);
      }
    }
    try (FinishHours finish = new FinishHours(plan.value())) {
      for (Map.Entry<Integer, List<BucketResult>> hour : hours.entrySet()) {
        outcomes.add(finish.finish(hour.getKey(), hour.getValue()));
      }
    }
    return outcomes.iterator();
  }
}
