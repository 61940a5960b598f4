package dev.weir.batch.db;

import java.sql.SQLException;

/**
 * The connection was lost while a transaction was being committed: all of it happened or nothing,
 * and only the database knows which.
 */
public final class UnknownOutcomeException extends SQLException {
  private static final long serialVersionUID = 1L;

  UnknownOutcomeException(SQLException cause) {
    super(
        "the connection was lost during COMMIT: " + cause.getMessage(), cause.getSQLState(), cause);
  }
}
