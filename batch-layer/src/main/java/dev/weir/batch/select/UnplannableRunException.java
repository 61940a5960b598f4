package dev.weir.batch.select;

/** What was asked of a run cannot be done; the message says why and what to ask. */
public final class UnplannableRunException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  UnplannableRunException(String message) {
    super(message);
  }
}
