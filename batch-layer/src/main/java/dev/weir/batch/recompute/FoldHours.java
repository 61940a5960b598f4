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
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.broadcast.Broadcast;

/** Task: folds sealed event hours, given by their position in the plan, and writes their rows. */
public final class FoldHours implements FlatMapFunction<Iterator<Integer>, HourOutcome> {
  private static final long serialVersionUID = 1L;

  private final Broadcast<RunPlan> plan;

  public FoldHours(Broadcast<RunPlan> plan) {
    this.plan = plan;
  }

  @Override
  public Iterator<HourOutcome> call(Iterator<Integer> hours)
      throws SQLException, IOException, RunRefusedException {
    List<HourOutcome> outcomes = new ArrayList<>();
    if (hours.hasNext()) {
      try (Connection connection = plan.value().database().connectTask(plan.value().version())) {
        connection.setAutoCommit(false);
        while (hours.hasNext()) {
          RunFence.share(connection, plan.value().version());
          outcomes.add(new FoldWork(plan.value(), hours.next()).run(connection));
          connection.commit();
        }
      }
    }
    return outcomes.iterator();
  }
}
