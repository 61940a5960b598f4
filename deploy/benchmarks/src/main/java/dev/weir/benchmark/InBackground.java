package dev.weir.benchmark;

import java.util.concurrent.Callable;
import java.util.concurrent.Future;
import java.util.concurrent.FutureTask;

/** What goes on beside a measurement, and does not keep the process alive. */
public final class InBackground {
  private InBackground() {}

  /** Starts some work on a thread of its own. */
  public static <T> Future<T> start(String thread, Callable<T> work) {
    FutureTask<T> task = new FutureTask<>(work);
    Thread started = new Thread(task, thread);
    started.setDaemon(true);
    started.start();
    return task;
  }
}
