package dev.weir.batch;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class ProgressLineTest {
  private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

  @Test
  void writesPlainLinesToALog() {
    run(false);
    assertThat(bytes.toString(StandardCharsets.UTF_8).lines()).containsExactly("reading 3 files");
  }

  @Test
  void writesOverOneLineOnATerminal() {
    run(true);
    assertThat(bytes.toString(StandardCharsets.UTF_8))
        .isEqualTo("\r\u001b[Kreading 3 files\r\u001b[Kreading 3 files: 1 of 2 tasks\r\u001b[K");
  }

  private void run(boolean terminal) {
    ProgressLine line =
        new ProgressLine(new PrintStream(bytes, true, StandardCharsets.UTF_8), terminal);
    line.step("reading 3 files");
    line.tasks(1, 2);
    line.clear();
  }
}
