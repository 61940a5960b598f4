package dev.weir.local.flink;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What a stack trace comes down to. */
final class RootCause {
  private static final String CAUSED_BY = "Caused by: ";

  /** In the message of Flink's exception around one of a main method. */
  private static final String BY_MAIN = "The main method caused an error";

  /** A class name with its package, and the simple name in it. */
  private static final Pattern CLASS = Pattern.compile("^(?:[\\w$]+\\.)+(?:\\w+\\$)?(\\w+)");

  private RootCause() {}

  /** The message of the innermost cause in one line, without packages; empty for no trace. */
  static String of(String trace) {
    List<String> causes = causes(trace);
    return causes.get(causes.size() - 1).replaceAll("\\s*\n\\s*", " ").strip();
  }

  /**
   * What a job's main method threw: its message, as it wrote it, and the innermost cause. Of a
   * trace without a main method, the innermost cause.
   */
  static String thrownByMain(String trace) {
    List<String> causes = causes(trace);
    for (int i = 0; i < causes.size() - 1; i++) {
      if (causes.get(i).contains(BY_MAIN)) {
        String own = causes.get(i + 1).strip().replaceFirst("^\\w+: ", "");
        return i + 2 == causes.size() ? own : own + " (" + of(trace) + ")";
      }
    }
    return of(trace);
  }

  /** The messages of an exception and its causes, outermost first, without packages. */
  private static List<String> causes(String trace) {
    List<String> causes = new ArrayList<>();
    StringBuilder message = new StringBuilder();
    boolean frames = false;
    for (String line : trace.lines().toList()) {
      if (line.startsWith(CAUSED_BY)) {
        causes.add(withoutPackage(message.toString()));
        message.setLength(0);
        frames = false;
      }
      frames |= line.startsWith("\t");
      if (!frames) {
        message.append(message.isEmpty() ? "" : "\n").append(line);
      }
    }
    causes.add(withoutPackage(message.toString()));
    return causes;
  }

  private static String withoutPackage(String message) {
    String text = message.replaceFirst("^" + CAUSED_BY, "");
    Matcher type = CLASS.matcher(text);
    return type.find() ? type.group(1) + text.substring(type.end()) : text;
  }
}
