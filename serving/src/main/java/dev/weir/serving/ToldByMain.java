package dev.weir.serving;

import dev.weir.pipeline.InvalidPipelineException;
import org.springframework.boot.SpringBootExceptionReporter;
import org.springframework.core.NestedExceptionUtils;

/** Keeps mistakes in a declaration, which the command tells, from being logged as a failure. */
final class ToldByMain implements SpringBootExceptionReporter {
  @Override
  public boolean reportException(Throwable failure) {
    return NestedExceptionUtils.getMostSpecificCause(failure) instanceof InvalidPipelineException;
  }
}
