package dev.weir.db;

import java.time.Instant;

/**
 * PostgreSQL's COPY text format (documentation of COPY, "Text Format"): one row per line, fields
 * separated by tabs, {@code \N} for null.
 */
public final class CopyText {
  private static final char SEPARATOR = '\t';

  private CopyText() {}

  /** Appends a text field's value, escaped; null as {@code \N}. Appends no separator. */
  public static StringBuilder append(StringBuilder row, String value) {
    if (value == null) {
      return row.append("\\N");
    }
    for (int i = 0; i < value.length(); i++) {
      char unit = value.charAt(i);
      switch (unit) {
        case '\\' -> row.append("\\\\");
        case '\t' -> row.append("\\t");
        case '\n' -> row.append("\\n");
        case '\r' -> row.append("\\r");
        default -> row.append(unit);
      }
    }
    return row;
  }

  /** Appends a timestamptz value. Appends no separator. */
  public static StringBuilder appendTimestamp(StringBuilder row, long epochMillis) {
    return row.append(Instant.ofEpochMilli(epochMillis));
  }

  /** Appends a bytea value; null as {@code \N}. Appends no separator. */
  public static StringBuilder append(StringBuilder row, byte[] value) {
    if (value == null) {
      return row.append("\\N");
    }
    row.append("\\\\x");
    for (byte b : value) {
      row.append(Character.forDigit((b >> 4) & 0xF, 16)).append(Character.forDigit(b & 0xF, 16));
    }
    return row;
  }

  /**
   * The fields of one line, unescaped; nulls where {@code \N} stood.
   *
   * @param line without or with its line end
   * @throws IllegalArgumentException if the line does not have exactly that many fields
   */
  public static String[] fields(String line, int expected) {
    String[] fields = new String[expected];
    int end = line.endsWith("\n") ? line.length() - 1 : line.length();
    int start = 0;
    int count = 0;
    while (start <= end) {
      int tab = line.indexOf(SEPARATOR, start);
      int fieldEnd = tab < 0 ? end : tab;
      if (count == expected) {
        throw wrongCount(line, expected);
      }
      fields[count++] = unescape(line, start, fieldEnd);
      start = fieldEnd + 1;
    }
    if (count != expected) {
      throw wrongCount(line, expected);
    }
    return fields;
  }

  private static IllegalArgumentException wrongCount(String line, int expected) {
    return new IllegalArgumentException(
        "a row of COPY does not have " + expected + " fields: " + line);
  }

  private static String unescape(String line, int start, int end) {
    int escape = line.indexOf('\\', start);
    if (escape < 0 || escape >= end) {
      return line.substring(start, end);
    }
    if (end - start == 2 && line.charAt(start + 1) == 'N') {
      return null;
    }
    StringBuilder text = new StringBuilder(end - start);
    for (int i = start; i < end; i++) {
      char unit = line.charAt(i);
      text.append(unit == '\\' && i + 1 < end ? unescaped(line.charAt(++i)) : unit);
    }
    return text.toString();
  }

  /** What PostgreSQL writes after a backslash; it writes no octal or hexadecimal ones. */
  private static char unescaped(char letter) {
    return switch (letter) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'v' -> '\u000b';
      default -> letter;
    };
  }
}
