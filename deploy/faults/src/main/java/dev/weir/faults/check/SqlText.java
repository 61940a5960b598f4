package dev.weir.faults.check;

import dev.weir.db.CubeTables;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The statements beside these classes. */
final class SqlText {
  private SqlText() {}

  static String of(String name) {
    try (InputStream in = SqlText.class.getResourceAsStream(name + ".sql")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** A statement about one cube's tables. */
  static String of(String name, CubeTables tables) {
    return of(name)
        .replace("${batch}", tables.batchMinuteTable())
        .replace("${speed}", tables.speedTable())
        .replace("${cube}", "'" + tables.cube().name() + "'")
        .replace("${definition}", "'" + tables.cube().definitionHash() + "'");
  }
}
