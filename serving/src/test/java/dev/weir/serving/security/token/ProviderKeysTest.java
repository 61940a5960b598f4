package dev.weir.serving.security.token;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import com.nimbusds.jose.JOSEException;
import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class ProviderKeysTest {
  private static final JWSHeader KNOWN = head("known");
  private static final JWSHeader NEW = head("new");

  private final JWKSet before = new JWKSet(key("known"));
  private final JWKSet after = new JWKSet(key("new"));
  private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1);
  private final AtomicInteger fetches = new AtomicInteger();
  private Supplier<JWKSet> provider = () -> before;
  private final ProviderKeys keys =
      new ProviderKeys(
          () -> {
            fetches.incrementAndGet();
            return provider.get();
          },
          nanos::get);

  @Test
  void fetchesOnceForManyTokens() {
    for (int i = 0; i < 10; i++) {
      assertThat(keys.decidingOn(KNOWN)).contains(before);
    }
    assertThat(fetches).hasValue(1);
  }

  @Test
  void fetchesAgainForAKeyThatIsNotKnownButNotEachTime() {
    assertThat(keys.decidingOn(KNOWN)).contains(before);
    provider = () -> after;
    assertThat(keys.decidingOn(NEW)).as("the keys of a moment ago decide").contains(before);
    assertThat(fetches).hasValue(1);
    pass(ProviderKeys.BETWEEN_FETCHES);
    assertThat(keys.decidingOn(NEW)).contains(after);
    assertThat(fetches).hasValue(2);
  }

  @Test
  void remembersThatTheProviderDidNotAnswer() {
    provider =
        () -> {
          throw new IllegalStateException("away");
        };
    for (int i = 0; i < 10; i++) {
      assertThat(keys.decidingOn(KNOWN)).isEmpty();
    }
    assertThat(fetches).hasValue(1);
    provider = () -> before;
    pass(ProviderKeys.BETWEEN_FETCHES);
    assertThat(keys.decidingOn(KNOWN)).contains(before);
  }

  @Test
  void nobodyWaitsLongForAProviderThatHangs() {
    CountDownLatch hanging = new CountDownLatch(1);
    provider =
        () -> {
          try {
            hanging.await();
          } catch (InterruptedException e) {
            throw new IllegalStateException(e);
          }
          return before;
        };
    try {
      assertTimeoutPreemptively(
          Duration.ofSeconds(20),
          () -> {
            assertThat(keys.decidingOn(KNOWN)).isEmpty();
            pass(ProviderKeys.PATIENCE);
            // A second each would be too long for so many.
            for (int i = 0; i < 1000; i++) {
              assertThat(keys.decidingOn(KNOWN)).isEmpty();
              pass(ProviderKeys.BETWEEN_FETCHES);
            }
          });
      assertThat(fetches).as("one at a time").hasValue(1);
    } finally {
      hanging.countDown();
    }
  }

  @Test
  void knownKeysGoOnWhileTheProviderIsAwayButNotForEver() {
    assertThat(keys.decidingOn(KNOWN)).contains(before);
    provider =
        () -> {
          throw new IllegalStateException("away");
        };
    pass(ProviderKeys.TOO_OLD.minusSeconds(1));
    assertThat(keys.decidingOn(KNOWN)).contains(before);
    assertThat(keys.decidingOn(NEW)).as("nobody can tell").isEmpty();
    pass(Duration.ofSeconds(1));
    assertThat(keys.decidingOn(KNOWN)).isEmpty();
  }

  private void pass(Duration time) {
    nanos.addAndGet(time.toNanos());
  }

  private static JWSHeader head(String key) {
    return new JWSHeader.Builder(JWSAlgorithm.ES256).keyID(key).build();
  }

  private static ECKey key(String id) {
    try {
      return new ECKeyGenerator(Curve.P_256).keyID(id).generate().toPublicJWK();
    } catch (JOSEException e) {
      throw new IllegalStateException(e);
    }
  }
}
