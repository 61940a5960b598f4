package dev.weir.batch.audit;

/** The archive was away while it was read; the message says what was seen, and what to do. */
public final class ArchiveAwayException extends Exception {
  private static final long serialVersionUID = 1L;

  ArchiveAwayException(String message) {
    super(message);
  }
}
