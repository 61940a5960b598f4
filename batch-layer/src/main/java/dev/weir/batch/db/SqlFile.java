package dev.weir.batch.db;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Reads the statement of an {@code .sql} file that lies beside a class. */
public final class SqlFile {

  private SqlFile() {}

  /**
   * The text of {@code <name>.sql} in the class's package.
   *
   * @throws IllegalArgumentException if there is no such file
   */
  public static String read(Class<?> beside, String name) {
    try (InputStream in = beside.getResourceAsStream(name + ".sql")) {
      if (in == null) {
        throw new IllegalArgumentException(
            "no " + name + ".sql beside " + beside.getName() + " on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException("cannot read " + name + ".sql", e);
    }
  }
}
