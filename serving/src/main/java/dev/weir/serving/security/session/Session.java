package dev.weir.serving.security.session;

import dev.weir.serving.security.caller.Caller;
import java.time.Duration;
import java.time.Instant;

/**
 * A browser that has shown its credential.
 *
 * @param id what its cookie holds; secret
 * @param csrf what a request that changes something must repeat in a header; only this server's own
 *     page can know it
 * @param caller whose credential it was
 * @param begun when it was opened
 * @param ends when it ends, however much it is used
 */
public record Session(String id, String csrf, Caller caller, Instant begun, Instant ends) {
  /** A session that is not used for so long ends. */
  public static final Duration IDLE = Duration.ofMinutes(30);

  /** No session lasts longer. */
  public static final Duration LONGEST = Duration.ofHours(12);

  /** Name of the cookie. */
  public static final String COOKIE = "weir_session";

  /** Name of the header that repeats {@link #csrf}. */
  public static final String CSRF_HEADER = "X-Weir-Csrf";

  /** Request attribute that holds the session, where there is one. */
  public static final String ATTRIBUTE = Session.class.getName();

  /** Without its secrets. */
  @Override
  public String toString() {
    return "session of " + caller.described() + " until " + ends;
  }
}
