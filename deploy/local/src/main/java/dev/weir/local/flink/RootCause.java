package dev.weir.local.flink;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a stack trace comes down to. */
final class RootCause {
  private static final String CAUSED_BY = "Caused by: ";

  /** A class name with its package, and the simple name in it. */
  private static final Pattern CLASS = Pattern.compile("^(?:[\\w$]+\\.)+(?:\\w+\\$)?(\\w+)");

  private RootCause() {}

  /** The message of the innermost cause in one line, without packages; empty for no trace. */
  static String of(String trace) {
    List<String> lines = trace.lines().toList();
    int start = 0;
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).startsWith(CAUSED_BY)) {
        start = i;
      }
    }
    StringBuilder message = new StringBuilder();
    for (String line : lines.subList(start, lines.size())) {
      if (line.startsWith("\t")) {
        break;
      }
      message.append(message.isEmpty() ? "" : " ").append(line.strip());
    }
    String root = message.toString().replaceFirst("^" + CAUSED_BY, "");
    Matcher type = CLASS.matcher(root);
    return type.find() ? type.group(1) + root.substring(type.end()) : root;
  }
}
