package dev.weir.serving.live;

import static org.assertj.core.api.Assertions.assertThat;

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

  @Test
  void whoOffersNeverSends() {
    Viewer viewer = new Viewer(tasks::add, left::incrementAndGet);
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
    Viewer viewer = new Viewer(tasks::add, left::incrementAndGet);
    viewer.offer(event("rows"));
    viewer.offerIfIdle(event("comment"));
    tasks.remove().run();
    assertThat(tasks).isEmpty();
    viewer.offerIfIdle(event("comment"));
    assertThat(tasks).hasSize(1);
  }

  @Test
  void leavesWhenItIsEnded() {
    Viewer viewer = new Viewer(tasks::add, left::incrementAndGet);
    viewer.end();
    tasks.remove().run();
    viewer.offer(event("late"));
    tasks.remove().run();

    assertThat(left).hasValue(1);
  }

  private static Set<DataWithMediaType> event(String data) {
    return SseEmitter.event().data(data).build();
  }
}
