package dev.weir.batch;

import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;

/** A run that hangs at a step until it is woken. */
final class HangingRun {
  private final CountDownLatch hangs = new CountDownLatch(1);
  private final CountDownLatch woken = new CountDownLatch(1);
  private final CompletableFuture<Throwable> ended = new CompletableFuture<>();

  /** Starts it and returns when it hangs; other runs of the fixture then do not. */
  HangingRun(BatchRunFixture fixture, String at, Callable<?> run) throws InterruptedException {
    fixture.onStep =
        step -> {
          if (step.equals(at)) {
            hangs.countDown();
            try {
              woken.await();
            } catch (InterruptedException e) {
              Thread.currentThread().interrupt();
            }
          }
        };
    Thread thread =
        new Thread(
            () -> {
              try {
                run.call();
                ended.complete(null);
              } catch (Exception e) {
                ended.complete(e);
              }
              hangs.countDown();
            });
    thread.start();
    hangs.await();
    fixture.onStep = step -> {};
  }

  /** Lets it go on, and returns how it ended; null if it succeeded. */
  Throwable wake() {
    woken.countDown();
    return ended.join();
  }
}
