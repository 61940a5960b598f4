package dev.weir.db;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class CopyTextTest {
  private static final char[] ALPHABET = {
    'a', 'N', 'n', 't', 'x', '0', '\\', '\t', '\n', '\r', '\b', '\f', '\u000b', ' ', '.', 'ü', '日'
  };

  @Test
  void anyTextsComeBack() {
    SplittableRandom random = new SplittableRandom(1);
    for (int round = 0; round < 2000; round++) {
      String[] texts = new String[1 + random.nextInt(5)];
      StringBuilder row = new StringBuilder();
      for (int i = 0; i < texts.length; i++) {
        texts[i] = random.nextInt(8) == 0 ? null : text(random);
        CubeCopyRow.append(row.append(i == 0 ? "" : "\t"), texts[i]);
      }
      assertThat(row.toString()).doesNotContain("\n").doesNotContain("\r");
      assertThat(CopyText.fields(row.toString(), texts.length)).containsExactly(texts);
      assertThat(CopyText.fields(row + "\n", texts.length)).containsExactly(texts);
    }
  }

  private static String text(SplittableRandom random) {
    StringBuilder text = new StringBuilder();
    for (int i = random.nextInt(6); i > 0; i--) {
      text.append(ALPHABET[random.nextInt(ALPHABET.length)]);
    }
    return text.toString();
  }

  @Test
  void rowsOfAnotherWidthAreRefused() {
    assertThatThrownBy(() -> CopyText.fields("a\tb", 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a row of COPY does not have 3 fields: a\tb");
    assertThatThrownBy(() -> CopyText.fields("a\tb", 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("a row of COPY does not have 1 fields: a\tb");
  }

  @Test
  void bytesAreHexadecimal() {
    StringBuilder row = new StringBuilder();
    CubeCopyRow.append(row, new byte[] {0, (byte) 0xAB, 127});
    assertThat(row).hasToString("\\\\x00ab7f");
  }
}
