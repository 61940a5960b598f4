package dev.weir.batch;

import dev.weir.batch.publish.RunKind;
import java.io.PrintStream;

/** Says what a command could not do, in the name by which it was called. */
final class Complaint {
  private final PrintStream err;
  private final ProgressLine progress;
  private final String command;

  /**
   * @param arguments the command line, which may be wrong
   */
  Complaint(PrintStream err, ProgressLine progress, String[] arguments) {
    this.err = err;
    this.progress = progress;
    RunKind kind =
        arguments.length == 0 ? RunKind.RUN : RunKind.named(arguments[0]).orElse(RunKind.RUN);
    this.command = kind == RunKind.RUN ? "batch" : kind.word();
  }

  /** Says it; the given exit code is returned. */
  int say(String message, int code) {
    progress.clear();
    err.println("weir " + command + ": " + message);
    return code;
  }
}
