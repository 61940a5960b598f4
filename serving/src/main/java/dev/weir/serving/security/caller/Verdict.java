package dev.weir.serving.security.caller;

/** What became of a credential. */
public sealed interface Verdict {

  /** It is good. */
  record Accepted(Caller caller) implements Verdict {}

  /**
   * It is not.
   *
   * @param claimed what it said to be, without anything secret; for the audit log
   * @param reason for whoever sent it: what is wrong with it
   */
  record Refused(String claimed, String reason) implements Verdict {}

  /** So many were bad before it that it was not looked at. */
  record TooManyRefused() implements Verdict {}

  /**
   * Nobody can tell at this moment.
   *
   * @param reason what does not answer
   */
  record Undecided(String reason) implements Verdict {}
}
