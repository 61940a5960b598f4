package dev.weir.serving.rollup;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RollUpScheduleTest {
  @ParameterizedTest
  @CsvSource({
    "PT10S, PT0.5S, PT10S",
    "PT10S, PT8S, PT72S",
    "PT10S, PT30M, PT10M",
    "PT1H, PT30M, PT1H",
  })
  void restsNineTenthsOfTheTime(Duration shortest, Duration took, Duration pause) {
    assertThat(RollUpSchedule.pause(shortest, took)).isEqualTo(pause);
  }

  @Test
  void aBacklogHasPrecedenceButNotForEver() {
    assertThat(RollUpSchedule.givesWay(Duration.ofMinutes(9), () -> true)).isTrue();
    assertThat(RollUpSchedule.givesWay(Duration.ofMinutes(9), () -> false)).isFalse();
    assertThat(RollUpSchedule.givesWay(Duration.ofMinutes(10), () -> true)).isFalse();
  }
}
