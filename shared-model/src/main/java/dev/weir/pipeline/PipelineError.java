package dev.weir.pipeline;

import java.util.Objects;

/**
 * One mistake in a declaration.
 *
 * @param line where it stands, from 1; 0 when it belongs to no line (the file cannot be read)
 * @param problem what is wrong, with the value found
 * @param remedy what to write instead
 */
public record PipelineError(int line, String problem, String remedy) {
  public PipelineError {
    Objects.requireNonNull(problem, "problem");
    Objects.requireNonNull(remedy, "remedy");
  }

  /** {@code line 7: scale is 12; write a whole number from 0 to 9}. */
  @Override
  public String toString() {
    return (line > 0 ? "line " + line + ": " : "") + problem + "; " + remedy;
  }
}
