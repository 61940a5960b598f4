package dev.weir.serving.report;

import org.springframework.util.MultiValueMap;

/** Tells whether a question can be asked, without asking it. */
@FunctionalInterface
public interface QuestionCheck {
  /**
   * Does nothing if it can be asked.
   *
   * @param parameters of the API
   * @throws dev.weir.serving.http.NotDeclaredException if there is no such cube
   * @throws dev.weir.serving.http.BadParametersException with everything that is wrong
   */
  void check(String cube, MultiValueMap<String, String> parameters);
}
