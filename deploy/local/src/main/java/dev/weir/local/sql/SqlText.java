package dev.weir.local.sql;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** Statements that lie in {@code .sql} files beside the class that runs them. */
public final class SqlText {
  private SqlText() {}

  /** The text of {@code <query>.sql} in the class's package. */
  public static String of(Class<?> reader, String query) {
    try (InputStream in = reader.getResourceAsStream(query + ".sql")) {
      if (in == null) {
        throw new IllegalArgumentException("No statement " + query + " beside " + reader);
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
