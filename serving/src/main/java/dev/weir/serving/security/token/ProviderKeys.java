package dev.weir.serving.security.token;

import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.JWKMatcher;
import com.nimbusds.jose.jwk.JWKSelector;
import com.nimbusds.jose.jwk.JWKSet;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.scheduling.concurrent.CustomizableThreadFactory;

/**
 * The identity provider's keys, remembered. A thread of their own fetches them: when the first
 * token comes, for a key that is not among them, and when they have become old. Whatever comes of
 * it, the provider is asked no more than every {@link #BETWEEN_FETCHES}, and a request waits for
 * that no longer than {@link #PATIENCE}, so that a provider that is away holds up nobody else.
 */
final class ProviderKeys {
  static final Duration BETWEEN_FETCHES = Duration.ofSeconds(10);

  /** How long after a fetch has begun requests wait for it; those that come later do not. */
  static final Duration PATIENCE = Duration.ofSeconds(1);

  /** Older keys are fetched again. */
  static final Duration OLD = Duration.ofMinutes(5);

  /** Keys that cannot be fetched again are used no longer. */
  static final Duration TOO_OLD = Duration.ofMinutes(15);

  private static final Logger LOG = LoggerFactory.getLogger(ProviderKeys.class);

  private final Supplier<JWKSet> provider;
  private final LongSupplier nanos;
  private final CustomizableThreadFactory threads =
      new CustomizableThreadFactory("identity-provider-");
  private volatile Fetched last; // Null before the first.
  private CompletableFuture<Void> fetch; // Null before the first. Guarded by this, like the next.
  private long begun;

  /**
   * @param provider fetches the keys; takes as long as it takes
   * @param nanos a clock such as {@link System#nanoTime}
   */
  ProviderKeys(Supplier<JWKSet> provider, LongSupplier nanos) {
    this.provider = provider;
    this.nanos = nanos;
    threads.setDaemon(true);
  }

  private record Fetched(JWKSet keys, long at) {
    boolean have(JWSHeader head) {
      return !new JWKSelector(JWKMatcher.forJWSHeader(head)).select(keys).isEmpty();
    }
  }

  /**
   * The keys that decide on a token.
   *
   * @param head of a token signed with a key pair
   * @return nothing if they must be fetched and the provider does not answer
   */
  Optional<JWKSet> decidingOn(JWSHeader head) {
    Fetched known = last;
    if (known != null && known.have(head) && age(known) < TOO_OLD.toNanos()) {
      if (age(known) >= OLD.toNanos()) {
        fetch();
      }
      return Optional.of(known.keys());
    }
    fetch();
    await();
    Fetched now = last;
    // Keys of a moment ago decide on a token that none of them has signed, too.
    return now != null
            && (age(now) <= BETWEEN_FETCHES.toNanos()
                || (now.have(head) && age(now) < TOO_OLD.toNanos()))
        ? Optional.of(now.keys())
        : Optional.empty();
  }

  private long age(Fetched fetched) {
    return nanos.getAsLong() - fetched.at();
  }

  /** Begins a fetch, unless one is under way or was a moment ago. */
  private synchronized void fetch() {
    long now = nanos.getAsLong();
    if (fetch == null || (fetch.isDone() && now - begun >= BETWEEN_FETCHES.toNanos())) {
      begun = now;
      fetch = CompletableFuture.runAsync(this::ask, task -> threads.newThread(task).start());
    }
  }

  private void ask() {
    try {
      last = new Fetched(provider.get(), nanos.getAsLong());
    } catch (RuntimeException e) {
      LOG.error(
          "The identity provider cannot be asked for its keys: {}",
          NestedExceptionUtils.getMostSpecificCause(e).getMessage());
    }
  }

  /** Waits for the fetch that is under way, if it began a moment ago. */
  private void await() {
    CompletableFuture<Void> current;
    long left;
    synchronized (this) {
      current = fetch;
      left = PATIENCE.toNanos() - (nanos.getAsLong() - begun);
    }
    try {
      current.get(Math.max(0, left), TimeUnit.NANOSECONDS);
    } catch (TimeoutException e) {
      // What is known until then must do.
    } catch (ExecutionException e) {
      throw new IllegalStateException("a fetch reports its failures itself", e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
