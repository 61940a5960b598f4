package dev.weir.local.status;

import dev.weir.local.sql.SqlText;
import dev.weir.local.status.ServedFigures.Conservation;
import dev.weir.local.status.ServedFigures.DeadLetters;
import dev.weir.local.status.ServedFigures.Freshness;
import dev.weir.local.status.ServedFigures.Reconciliation;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** Reads {@link ServedFigures} from the views that every other reader uses too. */
public final class FiguresReader {
  private final Connection connection;

  /**
   * A reader.
   *
   * @param connection without auto-commit; used by nobody else while reading
   */
  public FiguresReader(Connection connection) {
    this.connection = connection;
  }

  public ServedFigures read() throws SQLException {
    connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
    try {
      List<Freshness> freshness =
          rows(
              "freshness",
              r ->
                  new Freshness(
                      r.getString("part"),
                      orMinusOne(r, "lag_seconds"),
                      r.getLong("commits_behind")));
      List<Conservation> sources =
          rows(
              "conservation",
              r ->
                  new Conservation(
                      r.getString("source"),
                      r.getLong("records_in"),
                      r.getLong("counted"),
                      r.getLong("duplicate"),
                      r.getLong("dead_lettered"),
                      r.getLong("filtered"),
                      r.getBoolean("holds")));
      List<DeadLetters> deadLetters =
          rows(
              "dead_letters",
              r ->
                  new DeadLetters(
                      r.getString("source"), r.getString("reason"), r.getLong("records")));
      List<Reconciliation> runs =
          rows(
              "last_run",
              r ->
                  new Reconciliation(
                      r.getLong("version"),
                      r.getString("state"),
                      r.getLong("hours"),
                      r.getLong("rows_read"),
                      r.getLong("keys_compared"),
                      r.getLong("disagreements"),
                      r.getString("message")));
      return rows(
              "head",
              r ->
                  new ServedFigures(
                      r.getLong("commit"),
                      orMinusOne(r, "age_seconds"),
                      freshness,
                      sources,
                      deadLetters,
                      runs.stream().findFirst(),
                      r.getLong("hours"),
                      r.getLong("recomputed_hours"),
                      r.getLong("since_in_recomputed")))
          .get(0);
    } finally {
      connection.rollback();
    }
  }

  private static double orMinusOne(ResultSet row, String column) throws SQLException {
    double value = row.getDouble(column);
    return row.wasNull() ? -1 : value;
  }

  private <T> List<T> rows(String query, Row<T> row) throws SQLException {
    List<T> found = new ArrayList<>();
    try (Statement statement = connection.createStatement();
        ResultSet result = statement.executeQuery(SqlText.of(FiguresReader.class, query))) {
      while (result.next()) {
        found.add(row.of(result));
      }
    }
    return found;
  }

  private interface Row<T> {
    T of(ResultSet row) throws SQLException;
  }
}
