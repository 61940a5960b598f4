package dev.weir.archive;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.aggregate.Fingerprint;
import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DuplicateKeyTest {

  @Test
  void isSourceIdAndHour() {
    DuplicateKey key = new DuplicateKey(List.of("clicks", "clickse"));
    String same = text(key.set(0, utf8("e-1"), 0));
    assertThat(text(key.set(0, utf8("e-2"), 0))).isNotEqualTo(same);
    assertThat(text(key.set(1, utf8("-1"), 0))).isNotEqualTo(same);
    assertThat(text(key.set(0, utf8("e-1"), 3_600_000))).isNotEqualTo(same);
    assertThat(text(key.set(0, utf8("e-1"), 0))).isEqualTo(same);
  }

  /** Computed by version 0.1, whose checkpoints hold such keys. */
  @ParameterizedTest
  @CsvSource({
    "web, 7f000001-abcd, 7669771595975940798, -4692495282734791716",
    "clicks, e-1, 863035381542718656, 3493199781044681438",
    "größe, größe-日本😀, -8378173180484973003, 4684158212979716744",
    "s, '', -5365681530097864892, 5111805270913201785",
  })
  void neverChanges(String source, String id, long high, long low) {
    DuplicateKey key = new DuplicateKey(List.of("another", source));
    key.set(1, utf8(id), 1_769_900_400_000L);
    assertThat(key.high()).isEqualTo(high);
    assertThat(key.low()).isEqualTo(low);
  }

  @Test
  void isTheFingerprintOfTheTexts() {
    List<String> names = List.of("", "s", "seven", "größe");
    DuplicateKey key = new DuplicateKey(names);
    Fingerprint fingerprint = new Fingerprint();
    for (int source = 0; source < names.size(); source++) {
      for (String id : List.of("", "a", "abcdefgh", "abcdefg€", "日本", "ab😀", "\u007f\u0080")) {
        fingerprint.start().add(names.get(source)).add(id).add(3_600_000).finish();
        assertThat(text(key.set(source, utf8(id), 3_600_000)))
            .as("%s %s", names.get(source), id)
            .isEqualTo(fingerprint.high() + " " + fingerprint.low());
      }
    }
  }

  @Test
  void halvesOfManyKeysAreDistinctAlone() {
    DuplicateKey key = new DuplicateKey(List.of("clicks"));
    Set<Long> high = new HashSet<>();
    Set<Long> low = new HashSet<>();
    for (int i = 0; i < 200_000; i++) {
      key.set(0, utf8("e-" + i), 0);
      assertThat(high.add(key.high()) && low.add(key.low())).isTrue();
    }
  }

  private static byte[] utf8(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static String text(DuplicateKey key) {
    return key.high() + " " + key.low();
  }
}
