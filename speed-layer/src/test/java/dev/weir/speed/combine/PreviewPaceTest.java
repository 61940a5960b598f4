package dev.weir.speed.combine;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PreviewPaceTest {
  private static final long START = 1_000_000;

  private static int shown(long ageMillis, long forMillis) {
    PreviewPace pace = new PreviewPace(100, 1);
    int shown = 0;
    for (long now = START; now < START + forMillis; now += 100) {
      pace.counted(now - ageMillis);
      shown += pace.isDue(0, 1, now) ? 1 : 0;
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
    PreviewPace pace = new PreviewPace(100, 1);
    assertThat(pace.isDue(0, 0, START)).isFalse();
    pace.counted(START);
    assertThat(pace.isDue(0, 1, START)).isTrue();
  }

  @Test
  void whatLeftWithABarrierIsNotSentAgainSoonAfter() {
    PreviewPace pace = new PreviewPace(100, 1);
    pace.counted(START - 3_600_000);
    pace.sent(START);
    pace.counted(START - 3_600_000);
    assertThat(pace.isDue(0, 1, START + 9_900)).isFalse();
    assertThat(pace.isDue(0, 1, START + 10_000)).isTrue();
  }

  @Test
  void theFirstFreshRecordAfterABacklogEndsThePause() {
    PreviewPace pace = new PreviewPace(100, 1);
    pace.counted(START - 3_600_000);
    assertThat(pace.isDue(0, 1, START)).isTrue();
    pace.counted(START - 3_600_000);
    assertThat(pace.isDue(0, 1, START + 100)).isFalse();
    pace.counted(START + 150);
    assertThat(pace.isDue(0, 1, START + 200)).isTrue();
  }

  /** How often a cube is shown in ten seconds if so many of its series have changed each time. */
  private static int shown(int series) {
    PreviewPace pace = new PreviewPace(100, 1);
    int shown = 0;
    for (long now = START; now < START + 10_000; now += 100) {
      pace.counted(now);
      shown += pace.isDue(0, series, now) ? 1 : 0;
    }
    return shown;
  }

  @Test
  void manySeriesAreShownLessOften() {
    int everyInterval = PreviewPace.ROWS_PER_SECOND / 10;
    assertThat(shown(everyInterval)).isEqualTo(100);
    assertThat(shown(2 * everyInterval)).isEqualTo(50);
    assertThat(shown(3 * everyInterval)).isEqualTo(50);
    assertThat(shown(50 * everyInterval)).isBetween(3, 5);
  }

  @Test
  void eachCubeHasItsOwnPace() {
    PreviewPace pace = new PreviewPace(100, 2);
    pace.counted(START);
    int many = PreviewPace.ROWS_PER_SECOND;
    assertThat(pace.isDue(0, 1, START)).isTrue();
    assertThat(pace.isDue(1, many, START)).isTrue();
    assertThat(pace.isDue(0, 1, START + 100)).isTrue();
    assertThat(pace.isDue(1, many, START + 100)).isFalse();
  }

  @Test
  void subtasksSendTogetherWhateverTheTimesTheyBegan() {
    int many = PreviewPace.ROWS_PER_SECOND;
    PreviewPace one = new PreviewPace(100, 1);
    PreviewPace other = new PreviewPace(100, 1);
    one.isDue(0, many, START);
    other.isDue(0, many, START + 300);
    for (long now = START + 400; now < START + 5_000; now += 100) {
      assertThat(one.isDue(0, many, now)).isEqualTo(other.isDue(0, many, now));
    }
  }
}
