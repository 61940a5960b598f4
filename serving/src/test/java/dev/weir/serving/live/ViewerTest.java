package dev.weir.serving.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayDeque;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter.DataWithMediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/** Until a request takes the emitter, it keeps what it is sent: that counts here. */
class ViewerTest {
  private final Queue<Runnable> tasks = new ArrayDeque<>();
  private final AtomicInteger left = new AtomicInteger();
  private boolean admitted = true;

  @Test
  void whoOffersNeverSends() {
    Viewer viewer = viewer();
    viewer.offer(event("1"));
    viewer.offer(event("2"));
    viewer.offer(event("3"));

    assertThat(tasks).as("one task, however much is offered while it waits").hasSize(1);
    tasks.remove().run();
    viewer.offer(event("4"));
    assertThat(tasks).hasSize(1);
  }

  @Test
  void aSignOfLifeTakesNobodysPlace() {
    Viewer viewer = viewer();
    viewer.offer(event("rows"));
    viewer.offerIfIdle(event("comment"));
    tasks.remove().run();
    assertThat(tasks).isEmpty();
    viewer.offerIfIdle(event("comment"));
    assertThat(tasks).hasSize(1);
  }

  @Test
  void leavesWhenItIsEnded() {
    Viewer viewer = viewer();
    viewer.end();
    tasks.remove().run();
    viewer.offer(event("late"));
    tasks.remove().run();

    assertThat(left).hasValue(1);
  }

  @Test
  void sendsNothingToWhoMayReadNoLonger() {
    Viewer viewer = viewer();
    viewer.offer(event("1"));
    tasks.remove().run();
    assertThat(left).hasValue(0);

    admitted = false;
    viewer.offer(event("2"));
    tasks.remove().run();
    viewer.offer(event("3"));

    assertThat(left).hasValue(1);
    assertThat(tasks).as("it has left: nothing is begun for it").isEmpty();
    assertThatThrownBy(() -> viewer.emitter().send("4"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("already completed");
  }

  private Viewer viewer() {
    return new Viewer(tasks::add, () -> admitted, left::incrementAndGet);
  }

  private static Set<DataWithMediaType> event(String data) {
    return SseEmitter.event().data(data).build();
  }
}
