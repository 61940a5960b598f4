package dev.weir.serving.cube;

import dev.weir.serving.http.BadParametersException;
import dev.weir.serving.http.ParameterProblem;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import org.springframework.util.MultiValueMap;
import org.springframework.util.StringUtils;

/**
 * The query parameters of a request, read one by one. What is wrong is collected, so that all of it
 * can be told at once; a value that cannot be used is replaced by a harmless one meanwhile.
 */
final class Parameters {
  private final MultiValueMap<String, String> given;
  private final List<ParameterProblem> problems = new ArrayList<>();

  Parameters(MultiValueMap<String, String> given) {
    this.given = given;
  }

  Set<String> names() {
    return given.keySet();
  }

  /** Every value of a parameter that may be repeated. */
  List<String> all(String name) {
    return given.getOrDefault(name, List.of());
  }

  /** The value of a parameter that is given once; null without it. */
  String text(String name) {
    List<String> values = all(name);
    if (values.size() > 1) {
      problem(name, "it is given " + values.size() + " times", "give it once");
    }
    return values.isEmpty() ? null : values.get(0);
  }

  /** The names in a list, in the order given; empty without the parameter. */
  List<String> list(String name) {
    Set<String> names = new LinkedHashSet<>();
    for (String part : StringUtils.commaDelimitedListToStringArray(String.join(",", all(name)))) {
      if (!part.isBlank()) {
        names.add(part.strip());
      }
    }
    return List.copyOf(names);
  }

  /** Names of which each must be one of those known. */
  List<String> known(String name, String cube, List<String> known) {
    List<String> names = list(name);
    for (String one : names) {
      if (!known.contains(one)) {
        problem(name, "the cube " + cube + " has no '" + one + "'", ParameterProblem.oneOf(known));
      }
    }
    return names.stream().filter(known::contains).toList();
  }

  /** One of some words. */
  String word(String name, List<String> words, String otherwise, String kind) {
    String text = text(name);
    if (text == null || words.contains(text)) {
      return text == null ? otherwise : text;
    }
    problem(name, "'" + text + "' is not " + kind, ParameterProblem.oneOf(words));
    return otherwise;
  }

  /** Yes or no; no without it. */
  boolean flag(String name) {
    return word(name, List.of("true", "false"), "false", "true or false").equals("true");
  }

  /** A whole number within bounds. */
  Integer number(String name, Integer otherwise, int min, int max) {
    String text = text(name);
    if (text == null) {
      return otherwise;
    }
    try {
      int number = Integer.parseInt(text);
      if (number >= min && number <= max) {
        return number;
      }
    } catch (NumberFormatException e) {
      // Reported below, like a number out of range.
    }
    problem(name, "'" + text + "' is not usable", "use a whole number from " + min + " to " + max);
    return otherwise;
  }

  /** Adds something that is wrong. */
  void problem(String parameter, String problem, String remedy) {
    problems.add(new ParameterProblem(parameter, problem, remedy));
  }

  /**
   * Ends the reading.
   *
   * @throws BadParametersException if anything was wrong
   */
  void refuseIfWrong() {
    if (!problems.isEmpty()) {
      throw new BadParametersException(problems);
    }
  }
}
