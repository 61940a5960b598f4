package dev.weir.benchmark;

import dev.weir.local.runtime.LocalRuntimeException;
import picocli.CommandLine;
import picocli.CommandLine.IExecutionExceptionHandler;
import picocli.CommandLine.ParseResult;

/** A failure that says itself what is wrong is one line; any other is a stack trace. */
public final class ToldFailure implements IExecutionExceptionHandler {
  private final String command;

  /** For a command that is called so. */
  public ToldFailure(String command) {
    this.command = command;
  }

  @Override
  public int handleExecutionException(Exception exception, CommandLine line, ParseResult result) {
    if (exception instanceof BenchmarkFailure || exception instanceof LocalRuntimeException) {
      line.getErr().println(command + ": " + exception.getMessage());
    } else {
      exception.printStackTrace(line.getErr());
    }
    return CommandLine.ExitCode.SOFTWARE;
  }
}
