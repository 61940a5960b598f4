package dev.weir.serving.live;

import dev.weir.serving.cube.CubeAnswer;
import dev.weir.serving.cube.CubeJson;
import dev.weir.serving.cube.CubeQuery;
import dev.weir.serving.cube.CubeReader;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter.DataWithMediaType;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Sends the rows of the last minutes to everyone who watches, once a second and only when they
 * changed.
 *
 * <p>Everyone who watches the same thing shares one statement, and nobody waits for a viewer that
 * takes long. A row that a viewer has is replaced by the newer one of the same bucket and
 * dimensions; a late event in an older bucket is not announced here, a query shows it.
 */
@Component
class LiveRows {
  private static final Logger LOG = LoggerFactory.getLogger(LiveRows.class);
  private static final Duration WINDOW = Duration.ofMinutes(3);
  private static final int MAX_VIEWERS = 500;
  private static final long RECONNECT_MILLIS = 2_000;

  /**
   * Something must be sent now and then, or nobody notices that a viewer has gone or may read no
   * longer.
   */
  private static final int ROUNDS_BETWEEN_SIGNS_OF_LIFE = 15;

  private final Map<CubeQuery, Watched> watched = new ConcurrentHashMap<>();
  private final AtomicInteger viewers = new AtomicInteger();
  private final CubeReader reader;
  private final CubeJson json;
  private final Clock clock;

  /** A thread for each viewer that is being sent something or ended, and none for the others. */
  private final ExecutorService sender =
      new ThreadPoolExecutor(
          0,
          2 * MAX_VIEWERS,
          10,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          new CustomizableThreadFactory("live-viewer-"));

  private int round;

  LiveRows(CubeReader reader, CubeJson json, Clock clock) {
    this.reader = reader;
    this.json = json;
    this.clock = clock;
  }

  private static final class Watched {
    private final Set<Viewer> viewers = ConcurrentHashMap.newKeySet();
    private CubeAnswer last;
    private Set<DataWithMediaType> event; // With the last answer; null before it.
  }

  /**
   * Adds a viewer; null when there are too many.
   *
   * @param admitted whether the viewer may read on
   */
  SseEmitter watch(CubeQuery query, BooleanSupplier admitted) {
    if (viewers.incrementAndGet() > MAX_VIEWERS) {
      viewers.decrementAndGet();
      return null;
    }
    CubeQuery question = window(query, Instant.EPOCH);
    AtomicReference<Viewer> self = new AtomicReference<>();
    Viewer viewer = new Viewer(sender, admitted, () -> leave(question, self.get()));
    self.set(viewer);
    watched.compute(
        question,
        (key, present) -> {
          Watched entry = present == null ? new Watched() : present;
          entry.viewers.add(viewer);
          if (entry.event != null) {
            viewer.offer(entry.event);
          }
          return entry;
        });
    return viewer.emitter();
  }

  private void leave(CubeQuery question, Viewer viewer) {
    watched.computeIfPresent(
        question,
        (key, entry) -> {
          if (entry.viewers.remove(viewer)) {
            viewers.decrementAndGet();
          }
          return entry.viewers.isEmpty() ? null : entry;
        });
  }

  /** One round: asks, and has sent what changed. */
  @Scheduled(fixedDelay = 1_000)
  void round() {
    round++;
    boolean signOfLife = round % ROUNDS_BETWEEN_SIGNS_OF_LIFE == 0;
    for (CubeQuery question : watched.keySet()) {
      try {
        CubeAnswer answer = reader.read(window(question, clock.instant()));
        watched.computeIfPresent(
            question,
            (key, entry) -> {
              if (!answer.equals(entry.last)) {
                entry.last = answer;
                entry.event = event(question, answer);
                entry.viewers.forEach(viewer -> viewer.offer(entry.event));
              } else if (signOfLife) {
                Set<DataWithMediaType> comment = SseEmitter.event().comment("nothing new").build();
                entry.viewers.forEach(viewer -> viewer.offerIfIdle(comment));
              }
              return entry;
            });
      } catch (DataAccessException | TransactionException e) {
        LOG.warn("Live rows are read again in a second: {}", e.getMessage());
      } catch (RuntimeException e) {
        // Whoever watches something else goes on.
        LOG.error("Live rows of the cube {} cannot be read", question.shape().cube(), e);
      }
    }
  }

  private Set<DataWithMediaType> event(CubeQuery question, CubeAnswer answer) {
    return SseEmitter.event()
        .id(answer.head().commit() + "-" + round)
        .reconnectTime(RECONNECT_MILLIS)
        .name("rows")
        .data(json.text(question, answer))
        .build();
  }

  private static CubeQuery window(CubeQuery query, Instant now) {
    Instant to = query.granularity().ceiling(now.plusMillis(1), query.zone());
    return query.between(to.minus(WINDOW), to);
  }

  /** Open answers would hold up the shutdown. */
  @EventListener(ContextClosedEvent.class)
  void close() {
    watched.values().forEach(entry -> entry.viewers.forEach(Viewer::end));
    sender.shutdown();
  }
}
