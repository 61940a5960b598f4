package dev.weir.batch.select;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Instant;
import org.junit.jupiter.api.Test;

class HourRangeTest {
  @Test
  void readsIsoTimesOfAnyZone() {
    HourRange range = HourRange.parse("2026-03-01T08:00:00Z", "2026-03-01T12:00:00+02:00");
    assertThat(range.from()).isEqualTo(Instant.parse("2026-03-01T08:00:00Z"));
    assertThat(range.to()).isEqualTo(Instant.parse("2026-03-01T10:00:00Z"));
  }

  @Test
  void refusesWhatIsNoFullHour() {
    assertThatThrownBy(() -> HourRange.parse("2026-03-01T08:30:00Z", "2026-03-01T09:00:00Z"))
        .hasMessage(
            "--from 2026-03-01T08:30:00Z is not a full hour; hours are recomputed as a whole");
  }

  @Test
  void refusesAnEmptyRange() {
    assertThatThrownBy(() -> HourRange.parse("2026-03-01T09:00:00Z", "2026-03-01T09:00:00Z"))
        .hasMessageContaining("the range is empty");
  }

  @Test
  void saysHowToWriteATime() {
    assertThatThrownBy(() -> HourRange.parse("yesterday", "2026-03-01T09:00:00Z"))
        .hasMessageContaining("--from 'yesterday' is not a time; write it in ISO-8601");
  }
}
