package dev.weir.archive;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class DuplicateKeyTest {

  @Test
  void isSourceIdAndHour() {
    DuplicateKey key = new DuplicateKey();
    String same = text(key.set("clicks", "e-1", 0));
    assertThat(text(key.set("clicks", "e-2", 0))).isNotEqualTo(same);
    assertThat(text(key.set("clickse", "-1", 0))).isNotEqualTo(same);
    assertThat(text(key.set("clicks", "e-1", 3_600_000))).isNotEqualTo(same);
    assertThat(text(key.set("clicks", "e-1", 0))).isEqualTo(same);
  }

  @Test
  void halvesOfManyKeysAreDistinctAlone() {
    DuplicateKey key = new DuplicateKey();
    Set<Long> high = new HashSet<>();
    Set<Long> low = new HashSet<>();
    for (int i = 0; i < 200_000; i++) {
      key.set("clicks", "e-" + i, 0);
      assertThat(high.add(key.high()) && low.add(key.low())).isTrue();
    }
  }

  private static String text(DuplicateKey key) {
    return key.high() + " " + key.low();
  }
}
