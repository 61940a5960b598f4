package dev.weir.serving.http;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A request whose parameters cannot be used, with everything that is wrong with them: status 400.
 */
public final class BadParametersException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final transient List<ParameterProblem> problems;

  public BadParametersException(List<ParameterProblem> problems) {
    super(
        problems.stream()
            .map(
                problem -> problem.parameter() + ": " + problem.problem() + "; " + problem.remedy())
            .collect(Collectors.joining("\n")));
    this.problems = List.copyOf(problems);
  }

  public List<ParameterProblem> problems() {
    return problems;
  }
}
