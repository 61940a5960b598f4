package dev.weir.serving.security.limit;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.bucket4j.TimeMeter;
import org.junit.jupiter.api.Test;

class TokenBucketsTest {
  private static final long SECOND = 1_000_000_000L;

  private final Watch watch = new Watch();
  private final TokenBuckets buckets = new TokenBuckets(6, watch);

  @Test
  void givesAsManyAsItHasAndSaysHowLongToWait() {
    for (int left = 5; left >= 0; left--) {
      assertThat(buckets.take("a")).isEqualTo(new TokenBuckets.Taken(true, left, 0));
    }
    assertThat(buckets.empty("a")).isTrue();
    assertThat(buckets.take("a")).isEqualTo(new TokenBuckets.Taken(false, 0, 10));
    assertThat(buckets.take("b").allowed()).isTrue();
  }

  @Test
  void refillsEvenly() {
    for (int i = 0; i < 6; i++) {
      buckets.take("a");
    }
    watch.now += 9 * SECOND;
    assertThat(buckets.take("a")).isEqualTo(new TokenBuckets.Taken(false, 0, 1));
    watch.now += SECOND;
    assertThat(buckets.empty("a")).isFalse();
    assertThat(buckets.take("a").allowed()).isTrue();
    assertThat(buckets.take("a").allowed()).isFalse();
    watch.now += 600 * SECOND;
    assertThat(buckets.take("a").left()).isEqualTo(5);
  }

  @Test
  void countsAnIpv6NetworkAsOneAddress() {
    FailedAttempts attempts = new FailedAttempts();
    for (int i = 0; i < FailedAttempts.A_MINUTE; i++) {
      attempts.failed("2001:db8:1:2:" + Integer.toHexString(i) + "::1");
    }
    assertThat(attempts.exhausted("2001:db8:1:2:ffff::ffff")).isTrue();
    assertThat(attempts.exhausted("2001:db8:1:3::1")).isFalse();
    assertThat(attempts.exhausted("192.0.2.1")).isFalse();
  }

  /** A clock that goes on when told to. */
  private static final class Watch implements TimeMeter {
    private long now;

    @Override
    public long currentTimeNanos() {
      return now;
    }

    @Override
    public boolean isWallClockBased() {
      return false;
    }
  }
}
