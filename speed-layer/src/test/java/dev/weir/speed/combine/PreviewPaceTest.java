package dev.weir.speed.combine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PreviewPaceTest {
  private static final long START = 1_000_000;

  private static int shown(long ageMillis, long forMillis) {
    PreviewPace pace = new PreviewPace(100);
    int shown = 0;
    for (long now = START; now < START + forMillis; now += 100) {
      pace.counted(now - ageMillis);
      shown += pace.isDue(now) ? 1 : 0;
    }
    return shown;
  }

  @Test
  void freshRecordsAreShownAtEveryInterval() {
    assertThat(shown(30, 10_000)).isEqualTo(100);
  }

  @Test
  void aBacklogIsShownLessOftenTheOlderItIs() {
    assertThat(shown(4_000, 10_000)).isEqualTo(25);
    assertThat(shown(3_600_000, 60_000)).isEqualTo(6);
  }

  @Test
  void recordsOfTheFutureAreFresh() {
    assertThat(shown(-3_600_000, 10_000)).isEqualTo(100);
  }

  @Test
  void nothingIsDueWhenNothingWasCounted() {
    PreviewPace pace = new PreviewPace(100);
    assertThat(pace.isDue(START)).isFalse();
    pace.counted(START);
    assertThat(pace.isDue(START)).isTrue();
    assertThat(pace.isDue(START + 100)).isFalse();
  }

  @Test
  void whatLeftWithABarrierIsNotSentAgainSoonAfter() {
    PreviewPace pace = new PreviewPace(100);
    pace.counted(START - 3_600_000);
    pace.sent(START);
    pace.counted(START - 3_600_000);
    assertThat(pace.isDue(START + 9_900)).isFalse();
    assertThat(pace.isDue(START + 10_000)).isTrue();
  }

  @Test
  void theFirstFreshRecordAfterABacklogEndsThePause() {
    PreviewPace pace = new PreviewPace(100);
    pace.counted(START - 3_600_000);
    assertThat(pace.isDue(START)).isTrue();
    pace.counted(START - 3_600_000);
    assertThat(pace.isDue(START + 100)).isFalse();
    pace.counted(START + 150);
    assertThat(pace.isDue(START + 200)).isTrue();
  }
}
