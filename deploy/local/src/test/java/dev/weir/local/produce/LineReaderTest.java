package dev.weir.local.produce;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.local.runtime.LocalRuntimeException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;

class LineReaderTest {
  @Test
  void splitsAtLineEndsAndKeepsEveryOtherByte() throws IOException {
    assertThat(lines("a\r\nb\377\n\n c".getBytes(ISO_8859_1)))
        .containsExactly("a", "b\377", "", " c");
  }

  @Test
  void aLineEndAtTheEndBeginsNoLine() throws IOException {
    assertThat(lines("a\n".getBytes(ISO_8859_1))).containsExactly("a");
    assertThat(lines(new byte[0])).isEmpty();
    assertThat(lines("x".getBytes(ISO_8859_1))).containsExactly("x");
  }

  @Test
  void unpacksGzip() throws IOException {
    ByteArrayOutputStream packed = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(packed)) {
      gzip.write("a\nb\n".getBytes(ISO_8859_1));
    }
    assertThat(lines(packed.toByteArray())).containsExactly("a", "b");
  }

  @Test
  void namesAFileThatIsNotThere() {
    assertThatThrownBy(() -> LineReader.open("no/such.log"))
        .isInstanceOf(LocalRuntimeException.class)
        .hasMessage("There is no file no/such.log.");
  }

  @Test
  void namesADirectory() {
    assertThatThrownBy(() -> LineReader.open("src"))
        .isInstanceOf(LocalRuntimeException.class)
        .hasMessage("src is a directory. Name a file in it.");
  }

  private static List<String> lines(byte[] bytes) throws IOException {
    List<String> lines = new ArrayList<>();
    try (LineReader reader = new LineReader(new ByteArrayInputStream(bytes))) {
      for (byte[] line = reader.next(); line != null; line = reader.next()) {
        lines.add(new String(line, ISO_8859_1));
      }
    }
    return lines;
  }
}
