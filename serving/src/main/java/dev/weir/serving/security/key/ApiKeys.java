package dev.weir.serving.security.key;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import dev.weir.serving.security.caller.Caller;
import dev.weir.serving.security.caller.Verdict;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;

/**
 * Recognises keys. What the table says of one is remembered for {@link #REMEMBERED}, so a key that
 * another process revokes is refused within that time; one that this process revokes, at once.
 */
public final class ApiKeys {
  /** How long a revocation by another process can go unnoticed. */
  public static final Duration REMEMBERED = Duration.ofSeconds(5);

  private static final Logger LOG = LoggerFactory.getLogger(ApiKeys.class);
  private static final Duration BETWEEN_NOTES_OF_USE = Duration.ofMinutes(1);
  private static final Duration ACCEPTED_REMEMBERED = Duration.ofHours(1);
  private static final int MOST_REMEMBERED = 10_000;

  private final KeyStore store;
  private final Clock clock;
  private final Cache<String, Optional<KeyStore.Kept>> kept =
      Caffeine.newBuilder().maximumSize(MOST_REMEMBERED).expireAfterWrite(REMEMBERED).build();

  /** Hashes of keys that were accepted, by prefix. */
  private final Cache<String, String> accepted =
      Caffeine.newBuilder()
          .maximumSize(MOST_REMEMBERED)
          .expireAfterWrite(ACCEPTED_REMEMBERED)
          .build();

  private final Cache<String, Boolean> noted =
      Caffeine.newBuilder()
          .maximumSize(MOST_REMEMBERED)
          .expireAfterWrite(BETWEEN_NOTES_OF_USE)
          .build();

  public ApiKeys(KeyStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /** Whether a key is good, and whose it is. */
  public Verdict check(String text) {
    Optional<KeyText> key = KeyText.parse(text);
    if (key.isEmpty()) {
      return new Verdict.Refused(
          "a key", "it has not the form of a key, weir_<8 characters>_<43 characters>");
    }
    String prefix = key.get().prefix();
    try {
      Optional<KeyStore.Kept> found = kept.get(prefix, store::find);
      // An unknown prefix is compared, too: the time tells nothing about which prefixes there are.
      boolean same = key.get().has(found.map(KeyStore.Kept::hash).orElse(KeyText.NO_HASH));
      if (found.isEmpty() || !same) {
        return new Verdict.Refused("key " + prefix, "there is no such key");
      }
      Verdict verdict = verdict(found.get().key());
      if (verdict instanceof Verdict.Accepted) {
        accepted.put(prefix, found.get().hash());
      }
      return verdict;
    } catch (DataAccessException e) {
      return undecided(e);
    }
  }

  /** Whether a key that was good is so still. */
  public Verdict recheck(String prefix) {
    try {
      return kept.get(prefix, store::find)
          .map(found -> verdict(found.key()))
          .orElseGet(() -> new Verdict.Refused("key " + prefix, "there is no such key"));
    } catch (DataAccessException e) {
      return undecided(e);
    }
  }

  /**
   * Whether the key was accepted within the last hour and not refused since: tells so without
   * asking the database. It may have been revoked meanwhile.
   */
  public boolean known(String text) {
    return KeyText.parse(text)
        .map(
            key -> {
              String hash = accepted.getIfPresent(key.prefix());
              return hash != null && key.has(hash);
            })
        .orElse(false);
  }

  /** Forgets what it knows of a key, because that has changed. */
  public void changed(String prefix) {
    kept.invalidate(prefix);
  }

  private Verdict verdict(ApiKey key) {
    Instant now = clock.instant();
    return switch (key.state(now)) {
      case REVOKED -> refused(key, "the key was revoked at " + key.revokedAt());
      case EXPIRED -> refused(key, "the key expired at " + key.expiresAt());
      case USABLE -> {
        noteUse(key.prefix());
        yield new Verdict.Accepted(
            new Caller(Caller.Kind.KEY, key.prefix(), key.name(), key.role(), key.expiresAt()));
      }
    };
  }

  private Verdict refused(ApiKey key, String reason) {
    accepted.invalidate(key.prefix());
    return new Verdict.Refused("key " + key.prefix(), reason);
  }

  private void noteUse(String prefix) {
    if (noted.asMap().putIfAbsent(prefix, true) == null) {
      try {
        store.used(prefix);
      } catch (DataAccessException e) {
        LOG.warn(
            "The use of key {} is not noted: {}", prefix, e.getMostSpecificCause().getMessage());
      }
    }
  }

  private static Verdict undecided(DataAccessException e) {
    LOG.error("Keys cannot be looked up: {}", e.getMostSpecificCause().getMessage());
    return new Verdict.Undecided("the database, which knows the keys, does not answer");
  }
}
