package dev.weir.serving.sql;

import org.springframework.dao.TransientDataAccessException;

/**
 * A view that was being read has been replaced by one whose columns have other types. Asked again,
 * the question is answered by the new one.
 */
public final class ReplacedViewException extends TransientDataAccessException {
  private static final long serialVersionUID = 1L;

  /**
   * Says so.
   *
   * @param cause what the database said
   */
  public ReplacedViewException(Throwable cause) {
    super(
        "What this is read from was replaced a moment ago, by a changed declaration's; ask again.",
        cause);
  }
}
