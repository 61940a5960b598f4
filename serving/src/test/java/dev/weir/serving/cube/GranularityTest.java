package dev.weir.serving.cube;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class GranularityTest {
  private static final List<Instant> TIMES =
      List.of(
          Instant.EPOCH,
          Instant.parse("1971-06-01T00:00:00Z"),
          Instant.parse("1971-12-31T23:59:00Z"),
          Instant.parse("2011-12-30T09:30:00Z"),
          Instant.parse("2026-03-29T00:30:00Z"),
          Instant.parse("2026-10-25T01:30:00Z"));

  @ParameterizedTest
  @EnumSource
  void everyBucketHasASuccessorInEveryZone(Granularity granularity) {
    for (String name : ZoneId.getAvailableZoneIds()) {
      ZoneId zone = ZoneId.of(name);
      for (Instant time : TIMES) {
        Instant next = granularity.next(time, zone);
        Instant later = granularity.next(next, zone);

        assertThat(next).as("%s %s", name, time).isAfter(time);
        assertThat(later).as("%s %s", name, next).isAfter(next);
        assertThat(granularity.floor(next, zone)).as("%s %s", name, next).isEqualTo(next);
      }
    }
  }

  @Test
  void anOffsetWithSecondsBeginsItsDaysAtTheNextMinute() {
    ZoneId monrovia = ZoneId.of("Africa/Monrovia"); // 44 minutes and 30 seconds behind, till 1972.

    assertThat(Granularity.DAY.floor(Instant.parse("1971-06-01T12:00:00Z"), monrovia))
        .isEqualTo("1971-06-01T00:45:00Z");
    assertThat(Granularity.DAY.next(Instant.parse("1971-06-01T00:45:00Z"), monrovia))
        .isEqualTo("1971-06-02T00:45:00Z");
  }
}
