package dev.weir.local.runtime;

import java.io.PrintStream;

/**
 * Tells the user what is being done: one line that is written over on a terminal, and a line of its
 * own for everything that is done.
 */
public final class Progress {
  private static final String ERASE_LINE = "\r\033[K";

  private final PrintStream out;
  private final boolean terminal;
  private final long startNanos = System.nanoTime();

  /**
   * @param terminal whether a line may be written over
   */
  public Progress(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  /** To standard error, so that standard output carries results only. */
  public static Progress onStandardError() {
    return new Progress(System.err, Terminal.isError());
  }

  public void doing(String what) {
    if (terminal) {
      out.print(ERASE_LINE + what);
      out.flush();
    }
  }

  public void done(String part, String address) {
    long tenths = (System.nanoTime() - startNanos) / 100_000_000;
    erase();
    out.printf("  %-12s ready after %2d.%d s   %s%n", part, tenths / 10, tenths % 10, address);
  }

  public void warn(String what) {
    say("weir: " + what);
  }

  /** A line that stays. */
  public void say(String line) {
    erase();
    out.println(line);
  }

  public void erase() {
    if (terminal) {
      out.print(ERASE_LINE);
      out.flush();
    }
  }
}
