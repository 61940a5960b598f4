package dev.weir.serving.report;

import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;

/** Lets the desk do what is due, every few seconds, on a thread of its own. */
final class ReportClerk implements SmartLifecycle {
  private static final Logger LOG = LoggerFactory.getLogger(ReportClerk.class);
  private static final Duration EVERY = Duration.ofSeconds(10);

  private final ReportDesk desk;
  private final Duration every;
  private ScheduledExecutorService thread;

  ReportClerk(ReportDesk desk) {
    this(desk, EVERY);
  }

  ReportClerk(ReportDesk desk, Duration every) {
    this.desk = desk;
    this.every = every;
  }

  /** Looks now rather than in a few seconds. */
  synchronized void wake() {
    try {
      if (thread != null) {
        thread.execute(this::work);
      }
    } catch (RejectedExecutionException e) {
      LOG.debug("The application stops; whoever serves next does what is due");
    }
  }

  private void work() {
    try {
      desk.runDue();
    } catch (DataAccessException | SQLException e) {
      LOG.warn("Reports are looked at again in {} s: {}", every.toSeconds(), e.getMessage());
    } catch (RuntimeException | Error e) {
      // A periodic task that throws anything would never run again.
      LOG.error("Reports could not be made", e);
    }
  }

  @Override
  public synchronized void start() {
    if (desk.reports().isEmpty() || thread != null) {
      return;
    }
    thread =
        Executors.newSingleThreadScheduledExecutor(
            work -> {
              Thread named = new Thread(work, "weir-reports");
              named.setDaemon(true);
              return named;
            });
    var unused =
        thread.scheduleWithFixedDelay(
            this::work, every.toMillis(), every.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public synchronized void stop() {
    if (thread != null) {
      thread.shutdownNow();
      thread = null;
    }
  }

  @Override
  public synchronized boolean isRunning() {
    return thread != null;
  }
}
