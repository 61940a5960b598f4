package dev.weir.serving.http;

/**
 * An answer that failed after its beginning was sent. The connection is then closed without the end
 * of the answer, so that nobody takes what came for all of it.
 */
public final class CutOffException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public CutOffException(String message, Throwable cause) {
    super(message, cause);
  }
}
