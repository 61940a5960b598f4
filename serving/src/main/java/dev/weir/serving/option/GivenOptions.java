package dev.weir.serving.option;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/**
 * The options that were given, read one by one. What is wrong is collected, so that all of it can
 * be told at once; a value that cannot be used is replaced by a harmless one meanwhile.
 */
public final class GivenOptions {
  private final Map<String, Option> known;
  private final Map<String, String> environment;
  private final Map<String, String> given = new HashMap<>();
  private final List<String> errors;

  /**
   * Reads {@code --key value} and {@code --key=value}.
   *
   * @param known every option there is, in the order they are explained
   * @param errors where problems are added
   */
  public GivenOptions(
      List<Option> known,
      List<String> arguments,
      Map<String, String> environment,
      List<String> errors) {
    this.known = known.stream().collect(Collectors.toMap(Option::key, option -> option));
    this.environment = environment;
    this.errors = errors;
    for (int i = 0; i < arguments.size(); i++) {
      String argument = arguments.get(i);
      int equals = argument.indexOf('=');
      String key = equals < 0 ? argument : argument.substring(0, equals);
      if (!key.startsWith("--") || !this.known.containsKey(key.substring(2))) {
        errors.add(key + " is not an option; the options are " + names(known));
      } else if (equals < 0 && i + 1 == arguments.size()) {
        errors.add(key + " needs a value");
      } else {
        given.put(
            key.substring(2), equals < 0 ? arguments.get(++i) : argument.substring(equals + 1));
      }
    }
    for (Option option : known) {
      if (option.defaultValue() == null && !given.containsKey(option.key())) {
        errors.add("--" + option.key() + " is missing: " + option.description());
      }
    }
  }

  private static String names(List<Option> options) {
    return options.stream().map(option -> "--" + option.key()).collect(Collectors.joining(", "));
  }

  /** Whether the option was given. */
  public boolean has(String key) {
    return given.containsKey(key);
  }

  /** The option's value or default; empty if it has neither. */
  public String text(String key) {
    Option option = known.get(key);
    String otherwise = option.defaultValue() == null ? "" : option.defaultValue();
    return given.getOrDefault(key, otherwise);
  }

  /** A whole number within bounds. */
  public int number(String key, int min, int max) {
    String text = text(key);
    try {
      int number = Integer.parseInt(text);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Reported below, like a number out of range.
    }
    error("--" + key + " must be a number from " + min + " to " + max + " (it is " + text + ")");
    return min;
  }

  /** One of some words. */
  public String oneOf(String key, List<String> words) {
    String text = text(key);
    if (!words.contains(text)) {
      error("--" + key + " must be " + String.join(" or ", words) + " (it is " + text + ")");
      return words.get(0);
    }
    return text;
  }

  /**
   * A secret: what stands in the file that the option names, else the environment variable's value,
   * else empty. It is never part of an error.
   */
  public String secret(String fileKey, String variable) {
    String file = text(fileKey);
    if (file.isEmpty()) {
      return environment.getOrDefault(variable, "");
    }
    try {
      return Files.readString(Path.of(file)).strip();
    } catch (IOException e) {
      error("--" + fileKey + " " + file + " cannot be read: " + e.getMessage());
      return "";
    }
  }

  /** Adds something that is wrong. */
  public void error(String message) {
    errors.add(message);
  }
}
