package dev.weir.speed.dedup;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PartitionClockTest {
  private static final long NOW = 1_000_000_000;
  private static final long LEAP = 10_000;

  private final PartitionClock clock = new PartitionClock(LEAP);

  @Test
  void followsItsRecordsAndNeverGoesBack() {
    assertThat(clock.advance(5_000, NOW)).isEqualTo(5_000);
    assertThat(clock.advance(9_000, NOW)).isEqualTo(9_000);
    assertThat(clock.advance(1, NOW)).isEqualTo(9_000);
    assertThat(clock.progressMillis()).isEqualTo(9_000);
  }

  @Test
  void takesATimestampInTheFutureForNow() {
    clock.advance(NOW - 1, NOW);
    assertThat(clock.advance(Long.MAX_VALUE, NOW)).isEqualTo(NOW);
    assertThat(clock.progressMillis()).isEqualTo(NOW);
  }

  @Test
  void isNotMovedByOneAbsurdTimestampInABacklog() {
    clock.advance(5_000, NOW);
    assertThat(clock.advance(NOW, NOW)).isEqualTo(NOW);
    for (int i = 0; i < 100; i++) {
      clock.advance(5_000 + i, NOW);
      clock.advance(NOW, NOW);
    }
    assertThat(clock.progressMillis()).isEqualTo(5_099);
  }

  @Test
  void believesALeapThatTheFollowingRecordsConfirm() {
    clock.advance(5_000, NOW);
    for (int i = 0; i < 8; i++) {
      assertThat(clock.progressMillis()).isEqualTo(5_000);
      clock.advance(500_000 - i, NOW);
    }
    assertThat(clock.progressMillis()).isEqualTo(499_993);
  }

  @Test
  void countsHowLongItWasIdle() {
    clock.advance(5_000, NOW);
    assertThat(clock.tick(1_000)).isZero();
    assertThat(clock.tick(1_000)).isEqualTo(1_000);
    assertThat(clock.tick(500)).isEqualTo(1_500);
    clock.advance(5_000, NOW);
    assertThat(clock.tick(1_000)).isZero();
  }
}
