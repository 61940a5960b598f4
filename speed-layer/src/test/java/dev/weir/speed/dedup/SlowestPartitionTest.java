package dev.weir.speed.dedup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;

class SlowestPartitionTest {
  private static final long START = 100_000_000;

  private final DuplicateHorizon horizon = new DuplicateHorizon(Duration.ofMinutes(10));
  private final SlowestPartition slowest = new SlowestPartition(horizon, START);
  private long now = START;

  private long tickFor(Duration duration) {
    long front = Long.MIN_VALUE;
    for (long end = now + duration.toMillis(); now < end; ) {
      now += 1_000;
      front = slowest.tick(now);
    }
    return front;
  }

  @Test
  void isHeldBackByTheSlowest() {
    slowest.clock(0, "clicks", 0).advance(50_000_000, now);
    slowest.clock(0, "clicks", 1).advance(40_000_000, now);
    slowest.clock(1, "orders", 0).advance(60_000_000, now);
    assertThat(tickFor(Duration.ofSeconds(30))).isEqualTo(40_000_000);
  }

  @Test
  void knowsNothingBeforeEveryPartitionHadTimeToBeHeardOf() {
    slowest.clock(0, "clicks", 0).advance(50_000_000, now);
    assertThat(tickFor(Duration.ofSeconds(9))).isEqualTo(Long.MIN_VALUE);
    slowest.clock(0, "clicks", 1).advance(40_000_000, now);
    assertThat(tickFor(Duration.ofSeconds(5))).isEqualTo(40_000_000);
  }

  @Test
  void isNoLongerHeldBackByAPartitionThatIsIdleForLongerThanTheHorizon() {
    slowest.clock(0, "clicks", 0).advance(50_000_000, now);
    slowest.clock(0, "clicks", 1).advance(40_000_000, now);
    for (int minute = 0; minute < 9; minute++) {
      slowest.clock(0, "clicks", 0).advance(50_000_000, now);
      assertThat(tickFor(Duration.ofMinutes(1)) <= 40_000_000).isTrue();
    }
    slowest.clock(0, "clicks", 0).advance(50_000_000, now);
    tickFor(Duration.ofMinutes(1));
    slowest.clock(0, "clicks", 0).advance(50_000_000, now);
    assertThat(tickFor(Duration.ofMinutes(1))).isEqualTo(50_000_000);
    assertThat(slowest.all()).hasSize(1);
    // It comes back: time does not go back, but stands until the partition has caught up.
    slowest.clock(0, "clicks", 1).advance(41_000_000, now);
    slowest.clock(0, "clicks", 0).advance(50_100_000, now);
    assertThat(tickFor(Duration.ofSeconds(5))).isEqualTo(50_000_000);
  }

  @Test
  void anOutageLongerThanTheHorizonForgetsNothingWhicheverPartitionIsHeardFirst() {
    slowest.clock(0, "clicks", 0).advance(40_000_000, now);
    slowest.clock(0, "clicks", 1).advance(40_000_000, now);
    assertThat(tickFor(Duration.ofSeconds(30))).isEqualTo(40_000_000);
    tickFor(Duration.ofMinutes(25));
    // The one has its whole backlog read when the other is heard for the first time.
    for (int record = 0; record < 100; record++) {
      slowest.clock(0, "clicks", 0).advance(41_500_000, now);
    }
    assertThat(tickFor(Duration.ofSeconds(3))).isEqualTo(40_000_000);
    slowest.clock(0, "clicks", 1).advance(40_001_000, now);
    assertThat(tickFor(Duration.ofSeconds(20))).isEqualTo(40_001_000);
  }

  @Test
  void afterAnOutageAPartitionThatStaysIdleNoLongerHoldsItBack() {
    slowest.clock(0, "clicks", 0).advance(40_000_000, now);
    slowest.clock(0, "clicks", 1).advance(39_000_000, now);
    tickFor(Duration.ofMinutes(25));
    assertThat(slowest.all()).hasSize(2);
    slowest.clock(0, "clicks", 0).advance(40_000_001, now);
    assertThat(tickFor(Duration.ofSeconds(9))).isEqualTo(39_000_000);
    assertThat(tickFor(Duration.ofSeconds(5))).isEqualTo(40_000_001);
    assertThat(slowest.all()).hasSize(1);
  }

  @Test
  void aStallMakesNoPartitionIdle() {
    slowest.clock(0, "clicks", 0).advance(50_000_000, now);
    tickFor(Duration.ofSeconds(20));
    now += Duration.ofHours(5).toMillis();
    slowest.tick(now);
    assertThat(slowest.all()).hasSize(1);
  }
}
