package dev.weir.serving.cache;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class SharedQuestionsTest {
  private static final int ASKERS = 20;

  private final SharedQuestions<Integer> questions = new SharedQuestions<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @AfterEach
  void stop() {
    threads.shutdownNow();
  }

  @Test
  void allWhoComeWhileOneIsComputedShareTheNext() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    AtomicInteger computed = new AtomicInteger();
    AtomicInteger asked = new AtomicInteger();
    Supplier<Integer> answer =
        () -> {
          int number = computed.incrementAndGet();
          awaitRelease(release);
          return number;
        };
    Future<Integer> first = threads.submit(() -> questions.ask("q", answer));
    await().atMost(Duration.ofMinutes(1)).until(() -> computed.get() == 1);
    List<Future<Integer>> others = new ArrayList<>();
    for (int i = 0; i < ASKERS; i++) {
      others.add(
          threads.submit(
              () -> {
                asked.incrementAndGet();
                return questions.ask("q", answer);
              }));
    }
    await().atMost(Duration.ofMinutes(1)).until(() -> asked.get() == ASKERS);
    release.countDown();

    assertThat(first.get(10, TimeUnit.SECONDS)).isEqualTo(1);
    for (Future<Integer> other : others) {
      assertThat(other.get(10, TimeUnit.SECONDS))
          .as("none gets one that began before")
          .isGreaterThan(1);
    }
    // Who asked late, after the release, may have begun another one.
    assertThat(computed.get()).isLessThan(ASKERS);
  }

  @Test
  void otherQuestionsDoNotWait() throws Exception {
    CountDownLatch release = new CountDownLatch(1);
    Future<Integer> slow =
        threads.submit(
            () ->
                questions.ask(
                    "slow",
                    () -> {
                      awaitRelease(release);
                      return 1;
                    }));
    assertThat(questions.ask("fast", () -> 2)).isEqualTo(2);
    release.countDown();
    assertThat(slow.get(10, TimeUnit.SECONDS)).isEqualTo(1);
  }

  @Test
  void aFailureIsToldAndForgotten() {
    assertThatThrownBy(
            () ->
                questions.ask(
                    "q",
                    () -> {
                      throw new IllegalStateException("no database");
                    }))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("no database");
    assertThat(questions.ask("q", () -> 3)).isEqualTo(3);
  }

  private static void awaitRelease(CountDownLatch release) {
    try {
      assertThat(release.await(60, TimeUnit.SECONDS)).isTrue();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }
}
