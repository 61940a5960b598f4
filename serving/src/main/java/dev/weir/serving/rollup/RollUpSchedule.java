package dev.weir.serving.rollup;

import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Brings the roll-ups up to date again and again, a pause after each time, on a thread of its own:
 * the first time after an upgrade adds up all of history, without a pause. What takes long is done
 * less often, so that the database has nine tenths of its time for others; and while the speed
 * layer reads a backlog, once in ten minutes.
 */
public final class RollUpSchedule implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(RollUpSchedule.class);

  private static final int SHARE = 10;
  private static final Duration LONGEST_PAUSE = Duration.ofMinutes(10);

  private final RollUps rollUps;
  private final Duration pause;
  private final ScheduledExecutorService thread;
  private final Runnable afterwards;
  private long lastNanos = System.nanoTime();

  /**
   * Begins after the first pause; a pause of zero never does.
   *
   * @param afterwards what is left to do once it has ended
   */
  public RollUpSchedule(RollUps rollUps, Duration pause, Runnable afterwards) {
    this.rollUps = rollUps;
    this.pause = pause;
    this.afterwards = afterwards;
    this.thread =
        Executors.newSingleThreadScheduledExecutor(
            task -> {
              Thread named = new Thread(task, "weir-roll-ups");
              named.setDaemon(true);
              return named;
            });
    if (!pause.isZero()) {
      next(pause);
    }
  }

  /** The pause after a time that took so long. */
  static Duration pause(Duration shortest, Duration took) {
    Duration rest = took.multipliedBy(SHARE - 1);
    Duration longest = shortest.compareTo(LONGEST_PAUSE) > 0 ? shortest : LONGEST_PAUSE;
    return rest.compareTo(shortest) < 0 ? shortest : rest.compareTo(longest) > 0 ? longest : rest;
  }

  /** A backlog has precedence, for as long as the longest pause. */
  static boolean givesWay(Duration sinceLast, BooleanSupplier backlogIsRead) {
    return sinceLast.compareTo(LONGEST_PAUSE) < 0 && backlogIsRead.getAsBoolean();
  }

  private void next(Duration after) {
    try {
      var unused = thread.schedule(this::refresh, after.toMillis(), TimeUnit.MILLISECONDS);
    } catch (RejectedExecutionException e) {
      LOG.debug("The schedule has ended");
    }
  }

  /** Whatever fails is tried again: until then answers are the same, only later. */
  private void refresh() {
    long began = System.nanoTime();
    Duration took = null;
    try {
      if (givesWay(Duration.ofNanos(began - lastNanos), rollUps::backlogIsRead)) {
        took = Duration.ZERO;
      } else {
        took = rollUps.refresh();
        lastNanos = System.nanoTime();
      }
    } catch (DataAccessException e) {
      LOG.warn("Roll-ups were not brought up to date, which is tried again: {}", e.getMessage());
    } catch (RuntimeException e) {
      // Thrown on, it would be lost without a word.
      LOG.error("Roll-ups were not brought up to date", e);
    } finally {
      next(pause(pause, took == null ? Duration.ofNanos(System.nanoTime() - began) : took));
    }
  }

  /** Interrupts what it is at: the transaction is rolled back. */
  @Override
  public void close() {
    thread.shutdownNow();
    afterwards.run();
  }
}
