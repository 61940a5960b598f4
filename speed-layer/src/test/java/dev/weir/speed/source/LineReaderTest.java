package dev.weir.speed.source;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

class LineReaderTest {
  private static List<String> lines(String text, int maxLineBytes) throws IOException {
    List<String> lines = new ArrayList<>();
    try (LineReader reader =
        new LineReader(new ByteArrayInputStream(text.getBytes(UTF_8)), 0, maxLineBytes)) {
      for (byte[] line = reader.next(); line != null; line = reader.next()) {
        lines.add(reader.lineStart() + ":" + new String(line, UTF_8));
      }
      assertThat(reader.position()).isEqualTo(text.getBytes(UTF_8).length);
    }
    return lines;
  }

  @Test
  void aLineEndsInLineFeedOrCarriageReturnLineFeedOrWithTheFile() throws IOException {
    assertThat(lines("a\nbc\r\n\nd\re", 100)).containsExactly("0:a", "2:bc", "6:", "7:d\re");
    assertThat(lines("", 100)).isEmpty();
    assertThat(lines("\n", 100)).containsExactly("0:");
    assertThat(lines("a\r\n", 100)).containsExactly("0:a");
  }

  @Test
  void keepsOnlyTheBeginningOfALineBeyondTheLimit() throws IOException {
    String endless = "x".repeat(300_000);
    assertThat(lines("a\n" + endless + "\nb\n", 70_000))
        .containsExactly("0:a", "2:" + "x".repeat(70_000), "300003:b");
    assertThat(lines(endless, 10)).containsExactly("0:xxxxxxxxxx");
  }

  @Test
  void linesAcrossBuffersStayWhole() throws IOException {
    SplittableRandom random = new SplittableRandom(3);
    StringBuilder text = new StringBuilder();
    List<String> expected = new ArrayList<>();
    for (int i = 0; i < 500; i++) {
      String line = "é".repeat(random.nextInt(2_000));
      expected.add(text.toString().getBytes(UTF_8).length + ":" + line);
      text.append(line).append('\n');
    }
    assertThat(lines(text.toString(), 1 << 20)).isEqualTo(expected);
  }
}
