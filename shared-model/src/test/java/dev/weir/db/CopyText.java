package dev.weir.db;

/**
 * Reads PostgreSQL's COPY text format (documentation of COPY, "Text Format"): one row per line,
 * fields separated by tabs, {@code \N} for null.
 */
final class CopyText {
  private static final char SEPARATOR = '\t';

  private CopyText() {}

  /**
   * The fields of one line, unescaped; nulls where {@code \N} stood.
   *
   * @param line without or with its line end
   * @throws IllegalArgumentException if the line does not have exactly that many fields
   */
  static String[] fields(String line, int expected) {
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
