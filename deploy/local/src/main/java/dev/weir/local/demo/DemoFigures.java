package dev.weir.local.demo;

import dev.weir.local.runtime.LocalRuntimeException;
import dev.weir.local.sql.SqlText;
import dev.weir.local.status.FiguresReader;
import dev.weir.local.status.ServedFigures;
import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;

/** The figures that the demo shows and checks, from the views that every reader uses. */
final class DemoFigures {
  private final Connection connection;

  DemoFigures(Connection connection) {
    this.connection = connection;
  }

  /** What is served for all of time. */
  record Served(long events, BigDecimal value) {}

  /** All runs of the batch layer together. */
  record Runs(long published, long failed, long disagreements, long keysCompared) {}

  ServedFigures log() {
    return asking(() -> new FiguresReader(connection).read());
  }

  Served served() {
    return one("served", r -> new Served(r.getLong("events"), r.getBigDecimal("value")));
  }

  long rowsNotReconciled() {
    return one("not_reconciled", r -> r.getLong("rows"));
  }

  Runs runs() {
    return one(
        "runs",
        r ->
            new Runs(
                r.getLong("published"),
                r.getLong("failed"),
                r.getLong("disagreements"),
                r.getLong("keys_compared")));
  }

  private <T> T one(String query, Row<T> row) {
    return asking(
        () -> {
          try (Statement statement = connection.createStatement();
              ResultSet result = statement.executeQuery(SqlText.of(DemoFigures.class, query))) {
            result.next();
            return row.of(result);
          } finally {
            connection.rollback();
          }
        });
  }

  private static <T> T asking(Question<T> question) {
    try {
      return question.ask();
    } catch (SQLException e) {
      throw new LocalRuntimeException("The serving database: " + e.getMessage(), e);
    }
  }

  private interface Row<T> {
    T of(ResultSet row) throws SQLException;
  }

  private interface Question<T> {
    T ask() throws SQLException;
  }
}
