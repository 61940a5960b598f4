package dev.weir.benchmark.freshness;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class ProbesTest {
  private static final long SECOND = 1_000_000_000;

  private final Probes probes = new Probes(2);

  @Test
  void theCountTellsWhichProbesWereSeen() {
    probes.sending(0, 10);
    probes.sending(0, 20);
    probes.sending(1, 30);
    probes.seen(0, 1, 100);
    probes.seen(0, 1, 110);
    probes.seen(0, 2, 120);
    probes.seen(0, 0, 130);

    assertThat(probes.sentBetween(0, 30).stream().map(p -> p.latencyNanos().orElseThrow()))
        .containsExactly(90L, 100L);
    assertThat(probes.sentBetween(20, 31)).hasSize(2);
    assertThat(Percentiles.of(probes.sentBetween(0, 31)).missing()).isEqualTo(1);
  }

  @Test
  void afterAnOutageThePreviewMovesThenIsLiveThenTheBacklogIsGone() {
    long resumed = 100 * SECOND;
    probes.sending(0, 40 * SECOND);
    probes.seen(0, 1, 40 * SECOND + 50);
    probes.sending(1, 50 * SECOND);
    probes.sending(0, 108 * SECOND);
    probes.sending(1, 109 * SECOND);
    assertThat(probes.areLive(109 * SECOND)).isFalse();

    probes.seen(1, 1, 105 * SECOND);
    probes.seen(0, 2, 108 * SECOND + 1);
    assertThat(probes.allLiveSince(resumed)).isEmpty();
    probes.seen(1, 2, 109 * SECOND + 2);

    assertThat(probes.firstSeenSince(resumed)).contains(105 * SECOND);
    assertThat(probes.firstLiveSince(resumed)).contains(108 * SECOND + 1);
    assertThat(probes.allLiveSince(resumed)).contains(109 * SECOND + 2);
    assertThat(probes.areLive(111 * SECOND)).isTrue();
  }

  @Test
  void percentilesAreNearestRanks() {
    for (int i = 1; i <= 200; i++) {
      probes.sending(0, 0);
      probes.seen(0, i, i * 1_000_000L);
    }
    Percentiles latencies = Percentiles.of(probes.sentBetween(0, 1));
    assertThat(latencies.seen()).isEqualTo(200);
    assertThat(latencies.at(0.5)).isEqualTo(100);
    assertThat(latencies.at(0.95)).isEqualTo(190);
    assertThat(latencies.at(0.99)).isEqualTo(198);
    assertThat(latencies.at(1)).isEqualTo(200);
    assertThat(Percentiles.of(probes.sentBetween(5, 6)).at(0.5)).isNaN();
  }
}
