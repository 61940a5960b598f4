package dev.weir.serving.http;

/**
 * A request for something the pipeline does not declare: status 404. The message says what there is
 * instead.
 */
public final class NotDeclaredException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public NotDeclaredException(String message) {
    super(message);
  }
}
