package dev.weir.batch.db;

/** A run may not start or not publish; the message says why and what to do. Nothing was changed. */
public final class RunRefusedException extends Exception {
  private static final long serialVersionUID = 1L;

  public RunRefusedException(String message) {
    super(message);
  }

  /**
   * @param cause what the run noticed
   */
  public RunRefusedException(String message, Throwable cause) {
    super(message, cause);
  }
}
