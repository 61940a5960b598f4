package dev.weir.aggregate;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.UUID;
import org.junit.jupiter.api.Test;

class AggregateKeyTest {
  private static final long MINUTE = 1_770_000_000_000L / 60_000 * 60_000;

  @Test
  void ordersByCubeMinuteAndDimensionsNullFirst() {
    assertThat(
            new AggregateKey[] {
              key(0, MINUTE, (String) null),
              key(0, MINUTE, ""),
              key(0, MINUTE, "Z"),
              key(0, MINUTE, "a"),
              key(0, MINUTE + 60_000, (String) null),
              key(1, 0, "a")
            })
        .isSorted();
  }

  @Test
  void equalKeysAreEqualInEveryRespect() {
    AggregateKey one = key(2, MINUTE, "a", null, "b");
    AggregateKey other = key(2, MINUTE, new String("a"), null, "b");
    assertThat(one).isEqualTo(other).hasSameHashCodeAs(other).isEqualByComparingTo(other);
    assertThat(one.seriesId()).isEqualTo(other.seriesId());
  }

  @Test
  void seriesIdTellsSeriesOfACubeApart() {
    UUID id = key(0, MINUTE, "a", null).seriesId();
    assertThat(id)
        .isNotEqualTo(key(0, MINUTE, null, "a").seriesId())
        .isNotEqualTo(key(0, MINUTE, "a", "").seriesId())
        .isNotEqualTo(key(0, MINUTE + 60_000, "a", null).seriesId())
        .isEqualTo(key(1, MINUTE, "a", null).seriesId());
  }

  @Test
  void seriesIdNeverChanges() {
    assertThat(key(0, 1_767_225_600_000L, "clicks", null, "Zürich").seriesId())
        .hasToString("ccde9383-2558-a4cf-472b-ab5f0ef776d6");
  }

  @Test
  void hourKeyStartsTheHour() {
    AggregateKey key = key(0, 1_767_229_140_000L, "a");
    assertThat(key.atHour()).isEqualTo(key(0, 1_767_225_600_000L, "a"));
  }

  @Test
  void dimensionsKeepNulls() {
    assertThat(key(0, MINUTE, "a", null).dimensions()).containsExactly("a", null);
  }

  private static AggregateKey key(int cube, long minuteMillis, String... dimensions) {
    return new AggregateKey(cube, minuteMillis, dimensions);
  }
}
