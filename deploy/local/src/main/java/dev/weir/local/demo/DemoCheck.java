package dev.weir.local.demo;

import java.io.PrintStream;
import java.util.List;

/**
 * One line of the final summary.
 *
 * @param claim what should hold
 * @param verdict whether it does
 * @param evidence the figures
 */
record DemoCheck(String claim, Verdict verdict, String evidence) {
  /** What was seen of a claim. */
  enum Verdict {
    HOLDS("ok"),
    FAILS("FAILED"),
    NOT_SEEN("-");

    private final String word;

    Verdict(String word) {
      this.word = word;
    }
  }

  DemoCheck(String claim, boolean holds, String evidence) {
    this(claim, holds ? Verdict.HOLDS : Verdict.FAILS, evidence);
  }

  /** A claim that the demo had no time to show. */
  static DemoCheck notSeen(String claim, String reason) {
    return new DemoCheck(claim, Verdict.NOT_SEEN, reason);
  }

  boolean fails() {
    return verdict == Verdict.FAILS;
  }

  /** Prints a line for each, and one that sums them up. */
  static void print(List<DemoCheck> checks, PrintStream out) {
    int width = checks.stream().mapToInt(c -> c.claim().length()).max().orElse(0);
    for (DemoCheck check : checks) {
      out.println(
          "  "
              + String.format("%-6s", check.verdict().word)
              + "  "
              + check.claim()
              + " ".repeat(width - check.claim().length() + 2)
              + check.evidence());
    }
    out.println();
    out.println("  " + summary(checks));
  }

  /** What came of all of them, in a sentence. */
  static String summary(List<DemoCheck> checks) {
    long failed = checks.stream().filter(DemoCheck::fails).count();
    long notSeen = checks.stream().filter(c -> c.verdict() == Verdict.NOT_SEEN).count();
    String rest = notSeen == 0 ? "." : ", " + notSeen + " could not be made.";
    if (failed > 0) {
      return failed + " of " + checks.size() + " checks FAILED" + rest;
    }
    return notSeen == 0
        ? "All " + checks.size() + " checks hold."
        : checks.size() - notSeen + " checks hold" + rest;
  }
}
