package dev.weir.speed.commit;

/** The commit log's database refuses a statement for a reason that trying again does not change. */
public final class CommitLogException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  CommitLogException(String message, Throwable cause) {
    super(message, cause);
  }
}
