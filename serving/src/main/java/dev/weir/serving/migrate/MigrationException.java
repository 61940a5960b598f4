package dev.weir.serving.migrate;

import dev.weir.pipeline.Pipeline;
import java.sql.SQLException;

/** The database could not be brought up to date; the message says why and what to do. */
public final class MigrationException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  MigrationException(String message, Throwable cause) {
    super(message, cause);
  }

  static MigrationException of(Pipeline pipeline, SQLException e) {
    String state = e.getSQLState() == null ? "" : e.getSQLState();
    String remedy =
        switch (state.length() < 2 ? "" : state.substring(0, 2)) {
          case "08" -> "; check --database.url and that the server runs";
          case "28" -> "; check --database.user and WEIR_DATABASE_PASSWORD";
          case "42" ->
              state.equals("42501")
                  ? "; the user needs the right to create schemas and tables"
                  : "";
          case "2B" ->
              "; another view depends on a merged view: drop it, migrate again and create it anew";
          case "55" -> "; a long query holds a view or table: end it and migrate again";
          default -> "";
        };
    return new MigrationException(
        "the database of pipeline "
            + pipeline.name()
            + " could not be brought up to date: "
            + e.getMessage()
            + remedy,
        e);
  }
}
