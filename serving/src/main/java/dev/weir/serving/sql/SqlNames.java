package dev.weir.serving.sql;

import java.time.Instant;
import java.util.regex.Pattern;

/** Quotes the identifiers and literals that go into SQL scripts. */
public final class SqlNames {
  private static final Pattern IDENTIFIER = Pattern.compile("[a-z_][a-z0-9_]{0,62}");

  private SqlNames() {}

  /**
   * The name as a quoted identifier.
   *
   * @throws IllegalArgumentException unless it is a lower-case identifier of at most 63 characters
   */
  public static String quote(String name) {
    if (!IDENTIFIER.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "not a lower-case SQL identifier of at most 63 characters: " + name);
    }
    return '"' + name + '"';
  }

  /** The text as a string literal. */
  public static String literal(String text) {
    return "'" + text.replace("'", "''") + "'";
  }

  /** The time as a literal, for statements that take no bound values. */
  public static String literal(Instant time) {
    return "timestamptz " + literal(time.toString());
  }
}
