package dev.weir.batch.db;

/** A run whose place another one took may not write any more. */
public final class FencedOutException extends Exception {
  private static final long serialVersionUID = 1L;

  public FencedOutException(String message) {
    super(message);
  }
}
