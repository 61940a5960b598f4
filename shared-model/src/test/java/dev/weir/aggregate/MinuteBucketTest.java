package dev.weir.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class MinuteBucketTest {

  @Test
  void holdsItsStartAndNotItsEnd() {
    Instant start = Instant.parse("2026-03-29T01:59:00Z");
    long micros = start.toEpochMilli() * 1000;
    assertThat(MinuteBucket.ofMicros(micros).start()).isEqualTo(start);
    assertThat(MinuteBucket.ofMicros(micros + 59_999_999)).isEqualTo(MinuteBucket.ofMicros(micros));
    assertThat(MinuteBucket.ofMicros(micros + 60_000_000).start())
        .isEqualTo(MinuteBucket.ofMicros(micros).end());
  }

  @Test
  void roundsDownBeforeTheEpoch() {
    assertThat(MinuteBucket.ofMicros(-1).startMillis()).isEqualTo(-60_000);
    assertThat(MinuteBucket.hourOf(-1)).isEqualTo(-3_600_000);
    assertThat(MinuteBucket.dayOf(-1)).isEqualTo(-86_400_000);
  }

  @Test
  void refusesAnInstantWithinAMinute() {
    assertThatThrownBy(() -> new MinuteBucket(61_000))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("61000 ms does not start a minute: 1970-01-01T00:01:01Z");
  }
}
