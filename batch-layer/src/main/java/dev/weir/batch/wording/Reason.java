package dev.weir.batch.wording;

/** Why something failed, for a person to read. */
public final class Reason {
  private Reason() {}

  /** The exception's message, or its kind where it has none. */
  public static String of(Exception failure) {
    String message = failure.getMessage();
    return message == null || message.isBlank() ? failure.getClass().getSimpleName() : message;
  }
}
