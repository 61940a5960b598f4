package dev.weir.pipeline;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A declaration, of the pipeline or of its reports, that cannot be used, with everything that is
 * wrong with it.
 *
 * <p>The message lists all errors, one a line, and is meant to be shown to the user as it is.
 */
public final class InvalidPipelineException extends RuntimeException {
  private final transient List<PipelineError> errors;

  /**
   * @param what names the declaration, for example its file
   * @param errors at least one, in the order of their lines
   */
  public InvalidPipelineException(String what, List<PipelineError> errors) {
    super(message(what, errors));
    this.errors = List.copyOf(errors);
  }

  /** Every error found, in the order of their lines. */
  public List<PipelineError> errors() {
    return errors == null ? List.of() : errors;
  }

  private static String message(String what, List<PipelineError> errors) {
    return errors.stream()
        .map(error -> "  " + error)
        .collect(
            Collectors.joining(
                "\n",
                what
                    + " has "
                    + (errors.size() == 1 ? "an error:\n" : errors.size() + " errors:\n"),
                ""));
  }
}
