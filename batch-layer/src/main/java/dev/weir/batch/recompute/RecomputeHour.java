package dev.weir.batch.recompute;

import dev.weir.batch.db.RunFence;
import dev.weir.batch.db.RunRefusedException;
import dev.weir.batch.select.RunPlan;
import java.io.IOException;
import java.sql.Connection;
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
 * the run's version.
 */
public final class RecomputeHour
    implements FlatMapFunction<Iterator<Tuple2<Integer, BucketResult>>, HourOutcome> {
  private static final long serialVersionUID = 1L;

  private final Broadcast<RunPlan> plan;

  public RecomputeHour(Broadcast<RunPlan> plan) {
    this.plan = plan;
  }

  @Override
  public Iterator<HourOutcome> call(Iterator<Tuple2<Integer, BucketResult>> results)
      throws SQLException, IOException, RunRefusedException {
    Map<Integer, List<BucketResult>> hours = new TreeMap<>();
    while (results.hasNext()) {
      Tuple2<Integer, BucketResult> result = results.next();
      hours.computeIfAbsent(result._1(), hour -> new ArrayList<>()).add(result._2());
    }
    List<HourOutcome> outcomes = new ArrayList<>(hours.size());
    if (!hours.isEmpty()) {
      try (Connection connection = plan.value().database().connectTask(plan.value().version())) {
        connection.setAutoCommit(false);
        for (Map.Entry<Integer, List<BucketResult>> hour : hours.entrySet()) {
          RunFence.share(connection, plan.value().version());
          outcomes.add(new HourWork(plan.value(), hour.getKey(), hour.getValue()).run(connection));
          connection.commit();
        }
      }
    }
    return outcomes.iterator();
  }
}
