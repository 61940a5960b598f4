package dev.weir.serving.http;

import java.util.List;

/**
 * What is wrong with one query parameter.
 *
 * @param remedy what to send instead
 */
public record ParameterProblem(String parameter, String problem, String remedy) {
  /** The problem of a parameter that nobody reads. */
  public static final String UNKNOWN = "there is no such parameter";

  /** A remedy: one of some words, or none where there are none. */
  public static String oneOf(List<String> words) {
    return words.isEmpty() ? "leave it out" : "use " + String.join(", ", words);
  }
}
