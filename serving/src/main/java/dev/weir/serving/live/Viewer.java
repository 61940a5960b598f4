package dev.weir.serving.live;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.Executor;
import java.util.function.BooleanSupplier;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter.DataWithMediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * One open answer. Whoever offers it events never waits: they are sent by another thread, and while
 * that is at work only the newest event is kept, since each holds everything. Before each event the
 * viewer is admitted anew: to whom may read no longer nothing more is sent, and the answer ends.
 */
final class Viewer {
  private final SseEmitter emitter = new SseEmitter(0L);
  private final Executor sender;
  private final BooleanSupplier admitted;
  private final Runnable leave;
  private Set<DataWithMediaType> waiting; // Guarded by this, like the next.
  private boolean sending;

  /**
   * @param sender runs what may take as long as the viewer does
   * @param admitted whether the viewer may read on
   * @param leave runs when the viewer has gone
   */
  Viewer(Executor sender, BooleanSupplier admitted, Runnable leave) {
    this.sender = sender;
    this.admitted = admitted;
    this.leave = leave;
    emitter.onCompletion(leave);
    emitter.onTimeout(leave);
    emitter.onError(failure -> leave.run());
  }

  SseEmitter emitter() {
    return emitter;
  }

  /** Has an event sent in the place of one that still waits. */
  synchronized void offer(Set<DataWithMediaType> event) {
    waiting = event;
    if (!sending) {
      sending = true;
      sender.execute(this::send);
    }
  }

  /** Has an event sent, unless another one waits. */
  synchronized void offerIfIdle(Set<DataWithMediaType> event) {
    if (!sending) {
      offer(event);
    }
  }

  private void send() {
    try {
      for (Set<DataWithMediaType> event = next(); event != null; event = next()) {
        if (!admitted.getAsBoolean()) {
          emitter.complete();
          leave.run();
          return;
        }
        emitter.send(event);
      }
    } catch (IOException | IllegalStateException e) {
      leave.run();
    }
  }

  private synchronized Set<DataWithMediaType> next() {
    Set<DataWithMediaType> event = waiting;
    waiting = null;
    sending = event != null;
    return event;
  }

  /** Ends the answer. */
  void end() {
    sender.execute(emitter::complete);
  }
}
