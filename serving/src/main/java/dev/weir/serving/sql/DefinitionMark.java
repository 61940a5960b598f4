package dev.weir.serving.sql;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What the comment of a cube's view says of the definition that the view shows. */
public final class DefinitionMark {
  private static final Pattern MARK = Pattern.compile("\\bdefinition ([0-9a-f]{16})\\b");

  private DefinitionMark() {}

  /** The text that a comment carries, equal exactly for the same definition of the cube. */
  public static String of(String definitionHash) {
    return "definition " + definitionHash;
  }

  /** The hash of the definition that a comment names; empty for null and for other comments. */
  public static Optional<String> in(String comment) {
    Matcher mark = MARK.matcher(comment == null ? "" : comment);
    return mark.find() ? Optional.of(mark.group(1)) : Optional.empty();
  }
}
