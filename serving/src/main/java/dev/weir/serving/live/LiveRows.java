package dev.weir.serving.live;

import dev.weir.serving.cube.CubeAnswer;
import dev.weir.serving.cube.CubeJson;
import dev.weir.serving.cube.CubeQuery;
import dev.weir.serving.cube.CubeReader;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.event.ContextClosedEvent;
import org.springframework.context.event.EventListener;
import org.springframework.dao.DataAccessException;
import org.springframework.scheduling.annotation.Scheduled;
import org.springframework.stereotype.Component;
import org.springframework.transaction.TransactionException;
import org.springframework.web.servlet.mvc.method.annotation.ResponseBodyEmitter;
import org.springframework.web.servlet.mvc.method.annotation.SseEmitter;

/**
 * Sends the rows of the last minutes to everyone who watches, once a second and only when they
 * changed.
 *
 * <p>Everyone who watches the same thing shares one statement. A row that a viewer has is replaced
 * by the newer one of the same bucket and dimensions; a late event in an older bucket is not
 * announced here, a query shows it.
 */
@Component
class LiveRows {
  private static final Logger LOG = LoggerFactory.getLogger(LiveRows.class);
  private static final Duration WINDOW = Duration.ofMinutes(3);
  private static final int MAX_VIEWERS = 500;

  /** Something must be sent now and then, or nobody notices that a viewer has gone. */
  private static final int ROUNDS_BETWEEN_SIGNS_OF_LIFE = 15;

  private final Map<CubeQuery, Watched> watched = new ConcurrentHashMap<>();
  private final AtomicInteger viewers = new AtomicInteger();
  private final CubeReader reader;
  private final CubeJson json;
  private final Clock clock;
  private int round;

  LiveRows(CubeReader reader, CubeJson json, Clock clock) {
    this.reader = reader;
    this.json = json;
    this.clock = clock;
  }

  private static final class Watched {
    private final Set<SseEmitter> viewers = ConcurrentHashMap.newKeySet();
    private volatile CubeAnswer last;
  }

  /** Adds a viewer; null when there are too many. */
  SseEmitter watch(CubeQuery query) {
    if (viewers.incrementAndGet() > MAX_VIEWERS) {
      viewers.decrementAndGet();
      return null;
    }
    CubeQuery question = window(query, Instant.EPOCH);
    SseEmitter viewer = new SseEmitter(0L);
    Runnable leave = () -> leave(question, viewer);
    viewer.onCompletion(leave);
    viewer.onTimeout(leave);
    viewer.onError(failure -> leave.run());
    watched.compute(
        question,
        (key, present) -> {
          Watched entry = present == null ? new Watched() : present;
          entry.viewers.add(viewer);
          // Whoever joins has nothing yet: the next round sends to all.
          entry.last = null;
          return entry;
        });
    return viewer;
  }

  private void leave(CubeQuery question, SseEmitter viewer) {
    watched.computeIfPresent(
        question,
        (key, entry) -> {
          if (entry.viewers.remove(viewer)) {
            viewers.decrementAndGet();
          }
          return entry.viewers.isEmpty() ? null : entry;
        });
  }

  /** One round: asks and sends. */
  @Scheduled(fixedDelay = 1_000)
  void round() {
    round++;
    boolean signOfLife = round % ROUNDS_BETWEEN_SIGNS_OF_LIFE == 0;
    for (Map.Entry<CubeQuery, Watched> entry : watched.entrySet()) {
      try {
        CubeAnswer answer = reader.read(window(entry.getKey(), clock.instant()));
        if (!answer.equals(entry.getValue().last)) {
          entry.getValue().last = answer;
          send(
              entry.getKey(),
              entry.getValue(),
              SseEmitter.event().name("rows").data(json.text(entry.getKey(), answer)));
        } else if (signOfLife) {
          send(entry.getKey(), entry.getValue(), SseEmitter.event().comment("nothing new"));
        }
      } catch (DataAccessException | TransactionException e) {
        LOG.warn("Live rows are read again in a second: {}", e.getMessage());
      }
    }
  }

  private void send(CubeQuery question, Watched entry, SseEmitter.SseEventBuilder event) {
    Set<ResponseBodyEmitter.DataWithMediaType> data = event.build();
    for (SseEmitter viewer : entry.viewers) {
      try {
        viewer.send(data);
      } catch (IOException | IllegalStateException e) {
        leave(question, viewer);
      }
    }
  }

  private static CubeQuery window(CubeQuery query, Instant now) {
    Instant to = query.granularity().ceiling(now.plusMillis(1), query.zone());
    return query.between(to.minus(WINDOW), to);
  }

  /** Open answers would hold up the shutdown. */
  @EventListener(ContextClosedEvent.class)
  void close() {
    watched.values().forEach(entry -> entry.viewers.forEach(SseEmitter::complete));
  }
}
