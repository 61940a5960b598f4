package dev.weir.serving.security.session;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.weir.serving.security.caller.Caller;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The sessions, in memory: a restart ends them all. A session never outlasts the credential it was
 * opened with. Of one caller there are {@link #MOST_OF_ONE} at most, so that nobody's log-ins end
 * the sessions of others: a new one then ends the caller's oldest.
 */
public final class Sessions {
  /** Browsers that use the same key, or the same person's tokens, at the same time. */
  static final int MOST_OF_ONE = 200;

  private static final int MOST = 10_000;
  private static final SecureRandom RANDOM = new SecureRandom();

  private final Clock clock;
  private final Cache<String, Session> sessions;

  public Sessions(Clock clock) {
    this(clock, Ticker.systemTicker());
  }

  Sessions(Clock clock, Ticker ticker) {
    this.clock = clock;
    this.sessions =
        Caffeine.newBuilder()
            .maximumSize(MOST)
            .expireAfterAccess(Session.IDLE)
            .ticker(ticker)
            .build();
  }

  /** Opens one. */
  public synchronized Session open(Caller caller) {
    List<Session> others =
        sessions.asMap().values().stream()
            .filter(session -> session.caller().key().equals(caller.key()))
            .toList();
    if (others.size() >= MOST_OF_ONE) {
      others.stream()
          .min(Comparator.comparing(Session::begun))
          .ifPresent(oldest -> close(oldest.id()));
    }
    Instant now = clock.instant();
    Instant ends = now.plus(Session.LONGEST);
    if (caller.until() != null && caller.until().isBefore(ends)) {
      ends = caller.until();
    }
    Session session = new Session(random(), random(), caller, now, ends);
    sessions.put(session.id(), session);
    return session;
  }

  /** The session with that id, if it is still open. */
  public Optional<Session> find(String id) {
    Session session = sessions.getIfPresent(id);
    if (session == null) {
      return Optional.empty();
    }
    if (!clock.instant().isBefore(session.ends())) {
      close(id);
      return Optional.empty();
    }
    return Optional.of(session);
  }

  /** Whether the session is open; to ask is no use of it. */
  public boolean isOpen(String id) {
    Session session = sessions.policy().getIfPresentQuietly(id);
    return session != null && clock.instant().isBefore(session.ends());
  }

  /** Closes it. */
  public void close(String id) {
    sessions.invalidate(id);
  }

  private static String random() {
    byte[] bytes = new byte[32];
    RANDOM.nextBytes(bytes);
    return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
  }
}
