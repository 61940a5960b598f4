package dev.weir.faults.proxy;

/** What becomes of the round trip, or of its answer, after a {@link Trigger}'s action. */
public enum Verdict {
  /** It is passed on. */
  PASS,
  /** It goes nowhere: both sides see the connection closed. */
  CUT
}
