package dev.weir.serving.http;

/** A request that cannot be served at this moment: status 503. The message says what to do. */
public final class BusyException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public BusyException(String message) {
    super(message);
  }
}
