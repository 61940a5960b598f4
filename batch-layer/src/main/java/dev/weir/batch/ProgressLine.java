package dev.weir.batch;

import java.io.PrintStream;

/**
 * Shows progress: on a terminal one line that is written over; elsewhere a line per step, so that a
 * log stays readable.
 */
public final class ProgressLine implements Progress {
  private static final String ERASE_LINE = "\r\u001b[K";

  private final PrintStream out;
  private final boolean terminal;
  private String step = "";

  public ProgressLine(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  @Override
  public synchronized void step(String what) {
    step = what;
    if (terminal) {
      out.print(ERASE_LINE + what);
      out.flush();
    } else {
      out.println(what);
    }
  }

  @Override
  public synchronized void tasks(int done, int total) {
    if (terminal) {
      out.print(ERASE_LINE + step + ": " + done + " of " + total + " tasks");
      out.flush();
    }
  }

  /** Leaves the line empty for whatever is printed next. */
  public synchronized void clear() {
    if (terminal) {
      out.print(ERASE_LINE);
      out.flush();
    }
  }
}
