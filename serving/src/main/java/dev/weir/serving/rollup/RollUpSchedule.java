package dev.weir.serving.rollup;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Brings the roll-ups up to date again and again, a pause after each time, on a thread of its own:
 * the first time after an upgrade adds up all of history.
 */
public final class RollUpSchedule implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RollUpSchedule.class);

  private final RollUps rollUps;
  private final ScheduledExecutorService thread;
  private final Runnable afterwards;

  /**
   * Begins after the first pause; a pause of zero never does.
   *
   * @param afterwards what is left to do once it has ended
   */
  public RollUpSchedule(RollUps rollUps, Duration pause, Runnable afterwards) {
    this.rollUps = rollUps;
    this.afterwards = afterwards;
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread named = new Thread(task, "weir-roll-ups");
              named.setDaemon(true);
              return named;
            });
    if (!pause.isZero()) {
      var unused =
          thread.scheduleWithFixedDelay(
              this::refresh, pause.toMillis(), pause.toMillis(), TimeUnit.MILLISECONDS);
    }
  }

  /** Whatever fails is tried again: until then answers are the same, only later. */
  private void refresh() {
    try {
      rollUps.refresh();
    } catch (DataAccessException e) {
      LOG.warn("Roll-ups were not brought up to date, which is tried again: {}", e.getMessage());
    } catch (RuntimeException e) {
      // Thrown on, it would end the schedule without a word.
      LOG.error("Roll-ups were not brought up to date", e);
    }
  }

  /** Interrupts what it is at: the transaction is rolled back. */
  @Override
  public void close() {
    thread.shutdownNow();
    afterwards.run();
  }
}
