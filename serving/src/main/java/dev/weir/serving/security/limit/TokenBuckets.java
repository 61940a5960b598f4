package dev.weir.serving.security.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import java.time.Duration;

/**
 * A token bucket for each of many names: full at first, refilled evenly. Memory is bounded; a
 * bucket that was not used for ten minutes is forgotten, and is full again by then anyway.
 */
public final class TokenBuckets {
  private static final int MOST_BUCKETS = 50_000;
  private static final Duration FORGOTTEN = Duration.ofMinutes(10);

  private final int perMinute;
  private final TimeMeter time;
  private final Cache<String, Bucket> buckets =
      Caffeine.newBuilder().maximumSize(MOST_BUCKETS).expireAfterAccess(FORGOTTEN).build();

  public TokenBuckets(int perMinute) {
    this(perMinute, TimeMeter.SYSTEM_NANOTIME);
  }

  TokenBuckets(int perMinute, TimeMeter time) {
    this.perMinute = perMinute;
    this.time = time;
  }

  /** How many tokens a full bucket has, and how many come back in a minute. */
  public int perMinute() {
    return perMinute;
  }

  /** Takes a token, if there is one. */
  public Taken take(String name) {
    ConsumptionProbe probe = bucket(name).tryConsumeAndReturnRemaining(1);
    return new Taken(
        probe.isConsumed(), probe.getRemainingTokens(), seconds(probe.getNanosToWaitForRefill()));
  }

  /** Whether there is none left; takes none. */
  public boolean empty(String name) {
    Bucket bucket = buckets.getIfPresent(name);
    return bucket != null && bucket.getAvailableTokens() < 1;
  }

  private Bucket bucket(String name) {
    return buckets.get(
        name,
        any ->
            Bucket.builder()
                .addLimit(
                    limit ->
                        limit.capacity(perMinute).refillGreedy(perMinute, Duration.ofMinutes(1)))
                .withCustomTimePrecision(time)
                .build());
  }

  private static long seconds(long nanos) {
    return (nanos + 999_999_999L) / 1_000_000_000L;
  }

  /**
   * What came of it.
   *
   * @param allowed whether there was one
   * @param left how many there are now
   * @param waitSeconds until there is one; 0 if there was
   */
  public record Taken(boolean allowed, long left, long waitSeconds) {}
}
