package dev.weir.serving.security.session;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.serving.security.caller.Caller;
import dev.weir.serving.security.caller.Role;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import org.junit.jupiter.api.Test;

class SessionsTest {
  private static final Instant START = Instant.parse("2026-03-01T10:00:00Z");

  private final Watch watch = new Watch();
  private final Sessions sessions = new Sessions(watch, watch::nanos);

  @Test
  void endsWhenItIsNotUsed() {
    Session session = sessions.open(caller(null));
    watch.pass(Session.IDLE.minusSeconds(1));
    assertThat(sessions.find(session.id())).contains(session);
    watch.pass(Session.IDLE.minusSeconds(1));
    assertThat(sessions.find(session.id())).contains(session);
    watch.pass(Session.IDLE);
    assertThat(sessions.find(session.id())).isEmpty();
  }

  @Test
  void endsAfterTwelveHoursHoweverMuchItIsUsed() {
    Session session = sessions.open(caller(null));
    for (int i = 0; i < 47; i++) {
      watch.pass(Duration.ofMinutes(15));
      assertThat(sessions.find(session.id())).contains(session);
    }
    watch.pass(Duration.ofMinutes(15));
    assertThat(sessions.find(session.id())).isEmpty();
  }

  @Test
  void neverOutlastsItsCredential() {
    Session session = sessions.open(caller(START.plusSeconds(60)));
    watch.pass(Duration.ofSeconds(59));
    assertThat(sessions.find(session.id())).isPresent();
    watch.pass(Duration.ofSeconds(1));
    assertThat(sessions.find(session.id())).isEmpty();
  }

  @Test
  void hasSecretsThatItDoesNotShow() {
    Session session = sessions.open(caller(null));
    Session other = sessions.open(caller(null));

    assertThat(session.id()).hasSize(43).isNotEqualTo(other.id()).isNotEqualTo(session.csrf());
    assertThat(session.toString()).doesNotContain(session.id()).doesNotContain(session.csrf());
    sessions.close(session.id());
    assertThat(sessions.find(session.id())).isEmpty();
    assertThat(sessions.find(other.id())).isPresent();
  }

  @Test
  void oneCallersLogInsEndTheCallersOwnOldestSessionOnly() {
    Session other =
        sessions.open(new Caller(Caller.Kind.KEY, "ijklmnop", "ada", Role.READER, null));
    watch.pass(Duration.ofSeconds(1));
    Session first = sessions.open(caller(null));
    watch.pass(Duration.ofSeconds(1));
    Session second = sessions.open(caller(null));
    for (int i = 2; i < Sessions.MOST_OF_ONE; i++) {
      sessions.open(caller(null));
    }
    assertThat(sessions.find(first.id())).isPresent();
    sessions.open(caller(null));

    assertThat(sessions.find(first.id())).isEmpty();
    assertThat(sessions.find(second.id())).isPresent();
    assertThat(sessions.find(other.id())).isPresent();
  }

  @Test
  void toAskWhetherItIsOpenIsNoUseOfIt() {
    Session session = sessions.open(caller(START.plus(Duration.ofHours(1))));
    watch.pass(Session.IDLE.minusSeconds(1));
    assertThat(sessions.isOpen(session.id())).isTrue();
    watch.pass(Duration.ofSeconds(1));
    assertThat(sessions.isOpen(session.id())).isFalse();

    Session used = sessions.open(caller(START.plus(Duration.ofMinutes(50))));
    watch.pass(Duration.ofMinutes(20));
    assertThat(sessions.isOpen(used.id())).as("its credential has ended").isFalse();
  }

  private static Caller caller(Instant until) {
    return new Caller(Caller.Kind.KEY, "abcdefgh", "grafana", Role.READER, until);
  }

  /** A clock that goes on when told to. */
  private static final class Watch extends Clock {
    private Duration passed = Duration.ZERO;

    void pass(Duration time) {
      passed = passed.plus(time);
    }

    long nanos() {
      return passed.toNanos();
    }

    @Override
    public Instant instant() {
      return START.plus(passed);
    }

    @Override
    public ZoneId getZone() {
      return ZoneOffset.UTC;
    }

    @Override
    public Clock withZone(ZoneId zone) {
      return this;
    }
  }
}
