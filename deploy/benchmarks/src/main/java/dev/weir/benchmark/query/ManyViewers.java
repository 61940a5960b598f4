package dev.weir.benchmark.query;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/** Viewers who watch live rows and ask something every few seconds, all at the same time. */
final class ManyViewers {
  private static final Duration BETWEEN_QUESTIONS = Duration.ofSeconds(5);
  private static final String LIVE =
      "/api/v1/cubes/traffic/live?measures=event_count&dimensions=event_type";

  private final String address;
  private final int number;
  private final Duration time;
  private final ConcurrentLinkedQueue<Double> millis = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<String> errors = new ConcurrentLinkedQueue<>();
  private final LongAdder events = new LongAdder();

  ManyViewers(String address, int number, Duration time) {
    this.address = address;
    this.number = number;
    this.time = time;
  }

  /** What they saw. */
  record Seen(Latencies answers, long liveEvents, List<String> errors) {}

  Seen watch() throws InterruptedException {
    long end = System.nanoTime() + time.toNanos();
    CountDownLatch left = new CountDownLatch(number);
    for (int i = 0; i < number; i++) {
      int viewer = i;
      Thread watching = new Thread(() -> watchLive(end), "watch-" + i);
      watching.setDaemon(true);
      watching.start();
      Thread asking =
          new Thread(
              () -> {
                ask(viewer, end);
                left.countDown();
              },
              "ask-" + i);
      asking.setDaemon(true);
      asking.start();
    }
    left.await();
    double[] sorted = millis.stream().mapToDouble(Double::doubleValue).toArray();
    Arrays.sort(sorted);
    return new Seen(new Latencies(sorted), events.sum(), new ArrayList<>(errors));
  }

  private void watchLive(long end) {
    try (Stream<String> lines = new Viewer(address).watch(LIVE)) {
      lines
          .takeWhile(line -> System.nanoTime() < end)
          .filter(line -> line.startsWith("data:"))
          .forEach(line -> events.increment());
    } catch (IOException | RuntimeException e) {
      if (System.nanoTime() < end) {
        errors.add("live: " + e);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void ask(int viewer, long end) {
    Viewer browser = new Viewer(address);
    Question[] questions = Question.all();
    // Not all of them in the same moment.
    LockSupport.parkNanos(BETWEEN_QUESTIONS.toNanos() * viewer / number);
    // The first answer is a page of megabytes, which nobody asks for again and again.
    for (int turn = viewer; System.nanoTime() < end; turn++) {
      long start = System.nanoTime();
      try {
        browser.get(questions[1 + turn % (questions.length - 1)].live());
        millis.add((System.nanoTime() - start) / 1e6);
      } catch (IOException | RuntimeException e) {
        errors.add("question: " + e);
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        return;
      }
      LockSupport.parkNanos(BETWEEN_QUESTIONS.toNanos());
    }
  }
}
