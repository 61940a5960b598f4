package dev.weir.serving.export;

import java.util.HashSet;
import java.util.Locale;
import java.util.Set;

/**
 * Names of a workbook's sheets as Excel takes them: without the characters it forbids, at most 31
 * long, and each once, whatever its case. A title that comes again gets a number.
 */
final class SheetNames {
  private static final int LONGEST = 31;

  private final Set<String> taken = new HashSet<>();

  /** The name of the next sheet. */
  String next(String title) {
    String allowed = title.replaceAll("[/\\\\?*\\]\\[:\\p{Cntrl}]", "-").replace('\'', '\u2019');
    int number = 1;
    String name = cut(allowed, LONGEST);
    while (!taken.add(name.toUpperCase(Locale.ROOT).toLowerCase(Locale.ROOT))) {
      number++;
      String suffix = " (" + number + ")";
      name = cut(allowed, LONGEST - suffix.length()) + suffix;
    }
    return name;
  }

  /** The beginning, without half a character at its end. */
  private static String cut(String text, int length) {
    if (text.length() <= length) {
      return text;
    }
    int end = Character.isHighSurrogate(text.charAt(length - 1)) ? length - 1 : length;
    return text.substring(0, end);
  }
}
