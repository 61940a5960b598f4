package dev.weir.local.runtime;

/**
 * Something the command could not do. The message is for the user: what could not be done, with
 * which values, and what to do next; it is printed without a stack trace.
 */
public class LocalRuntimeException extends RuntimeException {
  public LocalRuntimeException(String message) {
    super(message);
  }

  public LocalRuntimeException(String message, Throwable cause) {
    super(message, cause);
  }
}
