package dev.weir.serving.sql;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An SQL script of the class path whose identifiers are filled in from the declaration.
 *
 * <p>{@code ${name}} is replaced by a value. A line that begins with a comment of one word stands
 * for as many lines as there are elements of that kind, each filled with the element's own values:
 * so the script of a view reads like the view. Values are identifiers and literals derived from a
 * validated pipeline, quoted by {@link SqlNames}; what a user sends is never put into a script, it
 * is bound.
 */
public final class SqlTemplate {
  private static final Pattern REPEATED_LINE = Pattern.compile("^(\\s*)/\\*(\\w+)\\*/ (.*)$");
  private static final Pattern PLACEHOLDER = Pattern.compile("\\$\\{(\\w+)}");

  private final String resource;
  private final List<String> lines;

  private SqlTemplate(String resource, List<String> lines) {
    this.resource = resource;
    this.lines = lines;
  }

  /**
   * Reads a script.
   *
   * @param resource path on the class path, for example {@code db/query/freshness.sql}
   * @throws IllegalStateException if there is no such script
   */
  public static SqlTemplate load(String resource) {
    try (InputStream in = SqlTemplate.class.getClassLoader().getResourceAsStream(resource)) {
      if (in == null) {
        throw new IllegalStateException("the SQL script " + resource + " is not on the class path");
      }
      String text = new String(in.readAllBytes(), StandardCharsets.UTF_8);
      return new SqlTemplate(resource, text.lines().toList());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The text of a script without placeholders. */
  public static String text(String resource) {
    return load(resource).fill(Map.of(), Map.of());
  }

  /**
   * The script with everything filled in.
   *
   * @param values for placeholders outside repeated lines; seen inside them too
   * @param elements for each kind of repeated line, the values of each element in order
   * @throws IllegalStateException if the script names a value that is not given
   */
  public String fill(Map<String, String> values, Map<String, List<Map<String, String>>> elements) {
    List<String> filled = new ArrayList<>();
    for (String line : lines) {
      Matcher repeated = REPEATED_LINE.matcher(line);
      if (!repeated.matches()) {
        filled.add(fillLine(line, values, Map.of()));
        continue;
      }
      for (Map<String, String> element : elements.getOrDefault(repeated.group(2), List.of())) {
        filled.add(repeated.group(1) + fillLine(repeated.group(3), values, element));
      }
    }
    return String.join("\n", filled) + "\n";
  }

  private String fillLine(String line, Map<String, String> values, Map<String, String> element) {
    return PLACEHOLDER
        .matcher(line)
        .replaceAll(
            placeholder -> {
              String name = placeholder.group(1);
              String value = element.getOrDefault(name, values.get(name));
              if (value == null) {
                throw new IllegalStateException(
                    resource + " names ${" + name + "}, which is not given, in: " + line);
              }
              return Matcher.quoteReplacement(value);
            });
  }
}
