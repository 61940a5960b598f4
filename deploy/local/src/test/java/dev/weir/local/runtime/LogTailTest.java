package dev.weir.local.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LogTailTest {
  @TempDir Path folder;

  @Test
  void showsTheLastLinesOfThisStart() throws IOException {
    Path log = Files.writeString(folder.resolve("log"), "old\n");
    long begin = Files.size(log);
    assertThat(LogTail.since(begin, log)).isEqualTo("  (nothing was written)");

    Files.writeString(log, "old\nnew\nnewer\n");
    assertThat(LogTail.since(begin, log)).isEqualTo("  new\n  newer");
    assertThat(LogTail.of(log)).isEqualTo("  old\n  new\n  newer");

    // It was moved away, and begun anew.
    Files.writeString(log, "a\n");
    assertThat(LogTail.since(begin, log)).isEqualTo("  a");
    assertThat(LogTail.of(folder.resolve("none"))).startsWith("  (no log: ");
  }

  @Test
  void showsNoMoreThanAScreenfulOfALongLog() throws IOException {
    Path log = Files.writeString(folder.resolve("log"), "line\n".repeat(10_000));
    assertThat(LogTail.of(log).lines()).hasSize(25);
  }
}
