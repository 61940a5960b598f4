package dev.weir.serving.rollup;

import dev.weir.db.CubeTable;
import dev.weir.db.CubeTables;
import dev.weir.pipeline.Pipeline;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.UncategorizedSQLException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Keeps the roll-ups of all cubes. One application of several does so at a time; each step is one
 * short transaction, and a step that fails changes nothing.
 */
public final class RollUps {
  private static final Logger LOG = LoggerFactory.getLogger(RollUps.class);

  /** SQL states of a transaction that conflicts with another: serialization, deadlock. */
  private static final Set<String> CHANGED_MEANWHILE = Set.of("40001", "40P01");

  private final DataSource database;
  private final List<CubeRollUps> cubes;
  private final Clock clock;

  /** Names of the tables that have a partition for each day. */
  private final String[] partitioned;

  /**
   * Sets up the work.
   *
   * @param database gives connections that may change the roll-ups' tables
   */
  public RollUps(DataSource database, Pipeline pipeline, Clock clock) {
    this.database = database;
    this.cubes = pipeline.cubes().stream().map(cube -> new CubeRollUps(pipeline, cube)).toList();
    this.clock = clock;
    this.partitioned =
        pipeline.cubes().stream()
            .map(cube -> CubeTables.of(pipeline, cube))
            .flatMap(
                tables ->
                    Arrays.stream(CubeTable.values())
                        .filter(CubeTable::partitioned)
                        .map(tables::table))
            .toArray(String[]::new);
  }

  /**
   * Brings all of them up to date; returns at once when another application is about to.
   *
   * @throws DataAccessException if the database refuses
   */
  public void refresh() {
    try (Connection connection = database.getConnection()) {
      JdbcClient client = JdbcClient.create(new SingleConnectionDataSource(connection, true));
      // Of the session, and taken before the first snapshot.
      boolean mine = client.sql(RollUpScripts.text("lock")).query(Boolean.class).single();
      if (!mine) {
        return;
      }
      try {
        client.sql("SET jit = off").update();
        client
            .sql(RollUpScripts.text("days_ahead"))
            .param("parents", partitioned)
            .query((row, number) -> number)
            .list();
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        connection.setAutoCommit(false);
        refreshAll(connection);
      } finally {
        // A connection may be kept and used again.
        if (!connection.getAutoCommit()) {
          connection.rollback();
          connection.setAutoCommit(true);
        }
        client.sql(RollUpScripts.text("unlock")).query(Boolean.class).single();
      }
    } catch (SQLException e) {
      throw new UncategorizedSQLException("bringing roll-ups up to date", null, e);
    }
  }

  private void refreshAll(Connection connection) throws SQLException {
    // In turn: what one cube got must not wait for another's history.
    boolean more = true;
    while (more && !Thread.currentThread().isInterrupted()) {
      more = false;
      for (CubeRollUps cube : cubes) {
        more |= step(connection, cube);
      }
    }
  }

  private boolean step(Connection connection, CubeRollUps cube) throws SQLException {
    try {
      boolean more = cube.refresh(connection, clock.instant());
      connection.commit();
      return more;
    } catch (ConcurrencyFailureException e) {
      // What it read was changed meanwhile: the next refresh sees it.
      connection.rollback();
    } catch (SQLException e) {
      connection.rollback();
      if (!CHANGED_MEANWHILE.contains(e.getSQLState())) {
        throw e;
      }
    } catch (IllegalArgumentException | ArithmeticException e) {
      connection.rollback();
      LOG.error(
          "The roll-ups of the cube {} stay behind: weir verify says which rows are damaged",
          cube.cube(),
          e);
    }
    return false;
  }
}
