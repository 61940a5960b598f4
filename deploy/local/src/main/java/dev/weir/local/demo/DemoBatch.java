package dev.weir.local.demo;

import dev.weir.local.part.BatchRun;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** Runs the batch layer again and again while the demo goes on, never twice at once. */
final class DemoBatch {
  private static final Duration FIRST = Duration.ofSeconds(20);
  private static final Duration PAUSE = Duration.ofSeconds(30);

  private final BatchRun batch;
  private volatile boolean running;
  private final AtomicInteger completed = new AtomicInteger();
  private final AtomicInteger failed = new AtomicInteger();
  private volatile long dueNanos = System.nanoTime() + FIRST.toNanos();
  private Thread thread = new Thread(() -> {});

  DemoBatch(BatchRun batch) {
    this.batch = batch;
  }

  /** Starts a run if one is due. */
  void startIfDue() {
    if (running || System.nanoTime() - dueNanos < 0) {
      return;
    }
    running = true;
    thread = new Thread(this::run, "batch layer");
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    try {
      if (batch.quietly(List.of()) == 0) {
        completed.incrementAndGet();
      } else {
        failed.incrementAndGet();
      }
    } finally {
      dueNanos = System.nanoTime() + PAUSE.toNanos();
      running = false;
    }
  }

  /** Waits for the run under way, then runs once more. */
  void runLast() throws InterruptedException {
    thread.join();
    run();
  }

  boolean isRunning() {
    return running;
  }

  int completed() {
    return completed.get();
  }

  int failed() {
    return failed.get();
  }
}
