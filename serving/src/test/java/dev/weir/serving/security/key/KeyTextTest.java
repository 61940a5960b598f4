package dev.weir.serving.security.key;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.HexFormat;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class KeyTextTest {
  @Test
  void isReadBackAndHasItsOwnHashOnly() {
    KeyText key = KeyText.random();
    KeyText other = KeyText.random();

    KeyText read = KeyText.parse(key.revealed()).orElseThrow();
    assertThat(read.prefix()).isEqualTo(key.prefix()).hasSize(8);
    assertThat(read.has(HexFormat.of().formatHex(key.hash()))).isTrue();
    assertThat(read.has(HexFormat.of().formatHex(other.hash()))).isFalse();
    assertThat(key.hash()).hasSize(32);
  }

  @Test
  void isNeverShownByAccident() {
    KeyText key = KeyText.random();

    assertThat("made " + key).isEqualTo("made weir_" + key.prefix() + "_...");
  }

  @Test
  void isAnotherEachTime() {
    Set<String> texts = new HashSet<>();
    Set<String> prefixes = new HashSet<>();
    for (int i = 0; i < 1000; i++) {
      KeyText key = KeyText.random();
      texts.add(key.revealed());
      prefixes.add(key.prefix());
    }
    assertThat(texts).hasSize(1000);
    assertThat(prefixes).hasSize(1000);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "weir_",
        "weir_abcdefgh_",
        "weir_abcdefgh_short",
        "weir_ABCDEFGH_0123456789012345678901234567890123456789012",
        "weir_abcdefgh_01234567890123456789012345678901234567890123",
        "weir_abcdefgh_0123456789012345678901234567890123456789 12",
        "other_abcdefgh_0123456789012345678901234567890123456789012"
      })
  void isNothingElse(String text) {
    assertThat(KeyText.parse(text)).isEmpty();
  }
}
