package dev.weir.serving.security.session;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import com.github.benmanes.caffeine.cache.Ticker;
import dev.weir.serving.security.caller.Caller;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.util.Base64;
import java.util.Optional;

/**
 * The sessions, in memory: a restart ends them all. A session never outlasts the credential it was
 * opened with.
 */
public final class Sessions {
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
  public Session open(Caller caller) {
    Instant ends = clock.instant().plus(Session.LONGEST);
    if (caller.until() != null && caller.until().isBefore(ends)) {
      ends = caller.until();
    }
    Session session = new Session(random(), random(), caller, ends);
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
