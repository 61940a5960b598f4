package dev.weir.local.demo;

import java.io.PrintStream;
import java.util.List;

/**
 * One line of the final summary.
 *
 * @param claim what should hold
 * @param evidence the figures
 */
record DemoCheck(String claim, boolean holds, String evidence) {

  static void print(List<DemoCheck> checks, PrintStream out) {
    int width = checks.stream().mapToInt(c -> c.claim().length()).max().orElse(0);
    for (DemoCheck check : checks) {
      out.println(
          "  "
              + (check.holds() ? "ok    " : "FAILED")
              + "  "
              + check.claim()
              + " ".repeat(width - check.claim().length() + 2)
              + check.evidence());
    }
  }
}
