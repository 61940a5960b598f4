package dev.weir.batch;

import java.util.List;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** Turns Spark's events into progress: the stages of the one job come in the order of its steps. */
final class StageProgress extends SparkListener {
  private final Progress progress;
  private final List<String> steps;
  private int submitted;
  private int stage = -1;
  private int tasks;
  private int done;

  StageProgress(Progress progress, List<String> steps) {
    this.progress = progress;
    this.steps = steps;
  }

  @Override
  public synchronized void onStageSubmitted(SparkListenerStageSubmitted event) {
    stage = event.stageInfo().stageId();
    tasks = event.stageInfo().numTasks();
    done = 0;
    progress.step(steps.get(Math.min(submitted++, steps.size() - 1)));
  }

  @Override
  public synchronized void onTaskEnd(SparkListenerTaskEnd event) {
    if (event.stageId() == stage) {
      progress.tasks(++done, tasks);
    }
  }
}
