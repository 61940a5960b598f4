package dev.weir.serving.report;

/** What became of a message that was given to a mail server. */
sealed interface Handover {
  /** The server has it. */
  record Accepted() implements Handover {}

  /** The server does not have it: it may be given again. */
  record Refused(String reason) implements Handover {}

  /** The connection ended before the server answered: it may have it. */
  record Unanswered(String reason) implements Handover {}
}
