package dev.weir.local.runtime;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** The last lines of a log. */
public final class LogTail {
  private static final int LINES = 25;
  private static final int BYTES = 16 << 10;

  private LogTail() {}

  /** At most 25 lines, indented; says so if there is no log. */
  public static String of(Path log) {
    return since(0, log);
  }

  /** The same of what was written after the first so many bytes. */
  public static String since(long begin, Path log) {
    try (RandomAccessFile file = new RandomAccessFile(log.toFile(), "r")) {
      // A log that is shorter now was begun anew.
      long from = Math.max(begin > file.length() ? 0 : begin, file.length() - BYTES);
      byte[] bytes = new byte[(int) (file.length() - from)];
      file.seek(from);
      file.readFully(bytes);
      List<String> lines = new String(bytes, StandardCharsets.UTF_8).lines().toList();
      if (lines.isEmpty()) {
        return "  (nothing was written)";
      }
      return String.join(
          "\n",
          lines.subList(Math.max(0, lines.size() - LINES), lines.size()).stream()
              .map(l -> "  " + l)
              .toList());
    } catch (IOException e) {
      return "  (no log: " + e.getMessage() + ")";
    }
  }
}
