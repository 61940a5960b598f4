package dev.weir.serving.rollup;

import dev.weir.pipeline.Pipeline;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.util.List;
import javax.sql.DataSource;
import org.springframework.dao.ConcurrencyFailureException;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Keeps the roll-ups of all cubes. One application of several does so at a time; each step is one
 * short transaction, and a step that fails changes nothing.
 */
public final class RollUps {
  private final DataSource database;
  private final List<CubeRollUps> cubes;
  private final Clock clock;

  /**
   * Sets up the work.
   *
   * @param database gives connections that may change the roll-ups' tables
   */
  public RollUps(DataSource database, Pipeline pipeline, Clock clock) {
    this.database = database;
    this.cubes = pipeline.cubes().stream().map(cube -> new CubeRollUps(pipeline, cube)).toList();
    this.clock = clock;
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
      boolean mine =
          client
              .sql("SELECT pg_try_advisory_lock(hashtext('weir.roll_up'))")
              .query(Boolean.class)
              .single();
      if (!mine) {
        return;
      }
      client.sql("SET jit = off").update();
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      connection.setAutoCommit(false);
      // In turn: what one cube got must not wait for another's history.
      boolean more = true;
      while (more && !Thread.currentThread().isInterrupted()) {
        more = false;
        for (CubeRollUps cube : cubes) {
          more |= step(connection, client, cube);
        }
      }
    } catch (SQLException e) {
      throw new org.springframework.jdbc.UncategorizedSQLException("refresh roll-ups", null, e);
    }
  }

  private boolean step(Connection connection, JdbcClient client, CubeRollUps cube)
      throws SQLException {
    try {
      boolean more = cube.refresh(client, clock.instant());
      connection.commit();
      return more;
    } catch (ConcurrencyFailureException e) {
      // What it read was changed meanwhile: the next refresh sees it.
      connection.rollback();
      return false;
    }
  }
}
