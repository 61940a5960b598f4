package dev.weir.speed;

import org.apache.flink.api.common.operators.ProcessingTimeService;
import org.apache.flink.api.common.operators.ProcessingTimeService.ProcessingTimeCallback;

/**
 * Calls back in processing time, in the operator's own thread, at whole multiples of an interval:
 * so the timers of all subtasks fire together. Ends with the operator.
 */
public final class RepeatedTimer {
  private final ProcessingTimeService time;
  private final long intervalMillis;
  private final ProcessingTimeCallback callback;

  private RepeatedTimer(
      ProcessingTimeService time, long intervalMillis, ProcessingTimeCallback callback) {
    this.time = time;
    this.intervalMillis = intervalMillis;
    this.callback = callback;
  }

  /** Starts to call back. */
  public static void every(
      long intervalMillis, ProcessingTimeService time, ProcessingTimeCallback callback) {
    new RepeatedTimer(time, intervalMillis, callback).scheduleNext();
  }

  /** Calls back once. What the callback throws fails the task. */
  public static void at(long millis, ProcessingTimeService time, ProcessingTimeCallback callback) {
    // The future is of no use: Flink hands the callback's exceptions to the task itself.
    var unused = time.registerTimer(millis, callback);
  }

  private void scheduleNext() {
    long nextMillis = (time.getCurrentProcessingTime() / intervalMillis + 1) * intervalMillis;
    at(
        nextMillis,
        time,
        firedMillis -> {
          callback.onProcessingTime(firedMillis);
          scheduleNext();
        });
  }
}
