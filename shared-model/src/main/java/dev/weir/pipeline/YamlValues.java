package dev.weir.pipeline;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** Reads typed values. Each method gives null, with the error recorded, for anything else. */
public final class YamlValues {
  /** More of anything than this is a mistake, and presence of numbers travels as a bit mask. */
  static final int MAX_LIST = 63;

  private static final Pattern DURATION = Pattern.compile("([0-9]{1,9})(ms|s|m|h|d)");
  private static final Pattern DAYS = Pattern.compile("([0-9]{1,6})([hd])");
  private static final Pattern DECIMAL =
      Pattern.compile("[+-]?([0-9]{1,40}(\\.[0-9]{0,40})?|\\.[0-9]{1,40})([eE][+-]?[0-9]{1,2})?");

  private final PipelineErrors errors;

  /**
   * @param errors where they are recorded
   */
  public YamlValues(PipelineErrors errors) {
    this.errors = errors;
  }

  /** Text that is not blank. Numbers and booleans must be quoted to be text. */
  public String text(Node node, String what) {
    if (!(node instanceof ScalarNode scalar) || scalar.getTag().equals(Tag.NULL)) {
      errors.at(node, what + " is " + kind(node), "write text");
      return null;
    }
    if (!scalar.getTag().equals(Tag.STR)) {
      errors.at(
          node,
          what + " is " + kind(node) + " (" + scalar.getValue() + ")",
          "write text, in quotes if it looks like something else");
      return null;
    }
    if (scalar.getValue().isBlank()) {
      errors.at(node, what + " is blank", "write text");
      return null;
    }
    return scalar.getValue();
  }

  /** A whole number within a range. */
  public Integer integer(Node node, String what, int from, int to) {
    if (node instanceof ScalarNode scalar
        && scalar.getTag().equals(Tag.INT)
        && scalar.getValue().matches("[+-]?[0-9]{1,9}")) {
      int value = Integer.parseInt(scalar.getValue());
      if (value >= from && value <= to) {
        return value;
      }
    }
    errors.at(node, what + " is " + shown(node), "write a whole number from " + from + " to " + to);
    return null;
  }

  /** A decimal number, read exactly. */
  public BigDecimal decimal(Node node, String what) {
    if (node instanceof ScalarNode scalar
        && (scalar.getTag().equals(Tag.INT) || scalar.getTag().equals(Tag.FLOAT))
        && DECIMAL.matcher(scalar.getValue()).matches()) {
      return new BigDecimal(scalar.getValue());
    }
    errors.at(node, what + " is " + shown(node), "write a decimal number, such as 1000 or 0.25");
    return null;
  }

  /** True or false; false, with the error recorded, for anything else. */
  public boolean bool(Node node, String what) {
    if (node instanceof ScalarNode scalar && scalar.getTag().equals(Tag.BOOL)) {
      return Boolean.parseBoolean(scalar.getValue());
    }
    errors.at(node, what + " is " + shown(node), "write true or false");
    return false;
  }

  /** A duration such as {@code 30s}, within a range. */
  public Duration duration(Node node, String what, Duration from, Duration to, String range) {
    if (node instanceof ScalarNode scalar) {
      Matcher matcher = DURATION.matcher(scalar.getValue());
      if (matcher.matches()) {
        long amount = Long.parseLong(matcher.group(1));
        Duration value =
            switch (matcher.group(2)) {
              case "ms" -> Duration.ofMillis(amount);
              case "s" -> Duration.ofSeconds(amount);
              case "m" -> Duration.ofMinutes(amount);
              case "h" -> Duration.ofHours(amount);
              default -> Duration.ofDays(amount);
            };
        if (value.compareTo(from) >= 0 && value.compareTo(to) <= 0) {
          return value;
        }
      }
    }
    errors.at(
        node,
        what + " is " + shown(node),
        "write a duration from " + range + " with its unit ms, s, m, h or d");
    return null;
  }

  /** A duration of whole hours or days, such as {@code 90d}, within a range. */
  public Duration days(Node node, String what, Duration from, Duration to) {
    if (node instanceof ScalarNode scalar) {
      Matcher matcher = DAYS.matcher(scalar.getValue());
      if (matcher.matches()) {
        long amount = Long.parseLong(matcher.group(1));
        Duration value =
            matcher.group(2).equals("d") ? Duration.ofDays(amount) : Duration.ofHours(amount);
        if (value.compareTo(from) >= 0 && value.compareTo(to) <= 0) {
          return value;
        }
      }
    }
    errors.at(
        node,
        what + " is " + shown(node),
        "write a duration from "
            + from.toHours()
            + "h to "
            + to.toDays()
            + "d with its unit h or d, such as 90d");
    return null;
  }

  /** A list that is not empty and has at most {@value #MAX_LIST} items; empty when it is not. */
  public List<Node> list(Node node, String what, String remedy) {
    if (!(node instanceof SequenceNode sequence)) {
      errors.at(node, what + " is " + shown(node), remedy);
      return List.of();
    }
    if (sequence.getValue().isEmpty()) {
      errors.at(node, what + " is an empty list", remedy);
      return List.of();
    }
    if (sequence.getValue().size() > MAX_LIST) {
      errors.at(
          node,
          what + " has " + sequence.getValue().size() + " items",
          "write at most " + MAX_LIST);
      return List.of();
    }
    return new ArrayList<>(sequence.getValue());
  }

  /** What sort of thing a node is, for messages. */
  public static String kind(Node node) {
    if (node instanceof SequenceNode) {
      return "a list";
    }
    if (node instanceof MappingNode) {
      return "a mapping";
    }
    Tag tag = node.getTag();
    if (tag.equals(Tag.NULL)) {
      return "empty";
    }
    if (tag.equals(Tag.INT) || tag.equals(Tag.FLOAT)) {
      return "a number";
    }
    return tag.equals(Tag.BOOL) ? "true or false" : "text";
  }

  /** A scalar's text, cut to a length fit for a message, or the kind of anything else. */
  public static String shown(Node node) {
    if (node instanceof ScalarNode scalar && !scalar.getTag().equals(Tag.NULL)) {
      String value = scalar.getValue();
      return value.length() <= 60 ? "'" + value + "'" : "'" + value.substring(0, 60) + "...'";
    }
    return kind(node);
  }
}
