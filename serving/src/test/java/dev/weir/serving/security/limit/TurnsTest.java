package dev.weir.serving.security.limit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.Test;

class TurnsTest {
  @Test
  void whoComesWhileAllAreAtItWaitsForATurn() {
    Turns turns = new Turns(2, Duration.ofMinutes(1));
    assertThat(turns.begin("a")).isTrue();
    assertThat(turns.begin("a")).isTrue();

    CompletableFuture<Boolean> third = new CompletableFuture<>();
    Thread waiting = new Thread(() -> third.complete(turns.begin("a")));
    waiting.start();
    await()
        .atMost(Duration.ofMinutes(1))
        .until(() -> waiting.getState() == Thread.State.TIMED_WAITING);
    assertThat(turns.begin("b")).as("another name is in another line").isTrue();
    assertThat(third).isNotDone();
    turns.end("a");
    await().atMost(Duration.ofMinutes(1)).until(third::isDone);
    assertThat(third.join()).isTrue();
  }

  @Test
  void whoseTurnDoesNotComeIsSentAway() {
    Turns turns = new Turns(1, Duration.ZERO);
    assertThat(turns.begin("a")).isTrue();
    assertThat(turns.begin("a")).isFalse();
    turns.end("a");
    assertThat(turns.begin("a")).isTrue();
  }

  @Test
  void remembersOnlyWhoIsThere() {
    Turns turns = new Turns(1, Duration.ZERO);
    for (int i = 0; i < 100; i++) {
      assertThat(turns.begin("caller " + i)).isTrue();
      assertThat(turns.begin("caller " + i)).isFalse();
      turns.end("caller " + i);
    }
    assertThat(turns.names()).isZero();
  }
}
