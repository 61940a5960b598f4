package dev.weir.local.status;

import dev.weir.local.sql.SqlText;
import dev.weir.local.status.ServedFigures.BatchRun;
import dev.weir.local.status.ServedFigures.Checks;
import dev.weir.local.status.ServedFigures.Conservation;
import dev.weir.local.status.ServedFigures.DeadLetters;
import dev.weir.local.status.ServedFigures.Disagreement;
import dev.weir.local.status.ServedFigures.Freshness;
import dev.weir.local.status.ServedFigures.IncompleteCube;
import dev.weir.local.status.ServedFigures.SealedHours;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

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
                      orMinusOne(r, "ahead_seconds"),
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
      Checks checks = checks();
      List<IncompleteCube> incomplete =
          rows(
              "incomplete_cubes",
              r ->
                  new IncompleteCube(
                      r.getString("cube"), Optional.ofNullable(r.getObject("commit", Long.class))));
      return rows(
              "head",
              r ->
                  new ServedFigures(
                      r.getLong("commit"),
                      orMinusOne(r, "age_seconds"),
                      freshness,
                      sources,
                      deadLetters,
                      checks,
                      r.getLong("hours"),
                      r.getLong("recomputed_hours"),
                      r.getLong("since_in_recomputed"),
                      incomplete))
          .get(0);
    } finally {
      connection.rollback();
    }
  }

  private Checks checks() throws SQLException {
    Map<Boolean, BatchRun> runs = new TreeMap<>();
    rows("last_runs", r -> runs.put(r.getBoolean("audit"), run(r)));
    long[] disagreements = {0};
    List<Disagreement> first =
        rows(
            "disagreements",
            r -> {
              disagreements[0] = r.getLong("disagreements");
              return new Disagreement(
                  r.getLong("version"),
                  r.getString("kind"),
                  r.getString("check_name"),
                  r.getString("subject"),
                  r.getString("event_hour"),
                  r.getLong("places"),
                  r.getString("detail"));
            });
    List<SealedHours> sealed =
        rows(
            "sealed_hours",
            r -> new SealedHours(r.getString("reason"), r.getLong("hours"), r.getString("newest")));
    return new Checks(
        Optional.ofNullable(runs.get(false)),
        Optional.ofNullable(runs.get(true)),
        disagreements[0],
        first,
        sealed);
  }

  private static BatchRun run(ResultSet row) throws SQLException {
    return new BatchRun(
        row.getLong("version"),
        row.getString("kind"),
        row.getString("state"),
        row.getLong("hours"),
        row.getLong("rows_read"),
        row.getLong("keys_compared"),
        row.getLong("compared"),
        row.getLong("disagreements"),
        row.getString("message"));
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
