package dev.weir.serving.rollup;

import dev.weir.db.CubeTable;
import dev.weir.db.CubeTables;
import dev.weir.pipeline.Pipeline;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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

  /** SQL state of a function that met a row that contradicts itself. */
  private static final String DATA_CORRUPTED = "XX001";

  private final DataSource database;
  private final List<CubeRollUps> cubes;
  private final Clock clock;

  /** What was logged last of cubes that have a damaged row. */
  private final Map<String, String> damages = new HashMap<>();

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
   * Whether the speed layer reads a backlog: hours that it commits to now get more in a moment.
   *
   * @throws DataAccessException if the database refuses
   */
  public boolean backlogIsRead() {
    return JdbcClient.create(database)
        .sql(RollUpScripts.text("backlog_is_read"))
        .query(Boolean.class)
        .optional()
        .orElse(false);
  }

  /**
   * Brings all of them up to date; returns at once when another application is about to.
   *
   * @return how long the last round over all cubes took, without those that caught up with history
   * @throws DataAccessException if the database refuses
   */
  public Duration refresh() {
    try (Connection connection = database.getConnection()) {
      JdbcClient client = JdbcClient.create(new SingleConnectionDataSource(connection, true));
      // Of the session, and taken before the first snapshot.
      boolean mine = client.sql(RollUpScripts.text("lock")).query(Boolean.class).single();
      if (!mine) {
        return Duration.ZERO;
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
        return refreshAll(connection);
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

  private Duration refreshAll(Connection connection) throws SQLException {
    // In turn: what one cube got must not wait for another's history.
    long began = System.nanoTime();
    boolean more = true;
    while (more && !Thread.currentThread().isInterrupted()) {
      began = System.nanoTime();
      more = false;
      for (CubeRollUps cube : cubes) {
        more |= step(connection, cube);
      }
    }
    return Duration.ofNanos(System.nanoTime() - began);
  }

  private boolean step(Connection connection, CubeRollUps cube) throws SQLException {
    try {
      boolean more = cube.refresh(connection, clock.instant());
      connection.commit();
      damages.remove(cube.cube());
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
      damaged(cube, e);
    } catch (UncategorizedSQLException e) {
      connection.rollback();
      if (!DATA_CORRUPTED.equals(e.getSQLException().getSQLState())) {
        throw e;
      }
      damaged(cube, e);
    }
    return false;
  }

  /** Logs it once, and not at each refresh. */
  private void damaged(CubeRollUps cube, RuntimeException e) {
    String message = e.toString();
    if (!message.equals(damages.put(cube.cube(), message))) {
      LOG.error(
          "The roll-ups of the cube {} stay behind: weir verify says which rows are damaged",
          cube.cube(),
          e);
    }
  }
}
