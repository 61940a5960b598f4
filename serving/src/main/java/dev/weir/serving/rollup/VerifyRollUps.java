package dev.weir.serving.rollup;

import dev.weir.db.CubeTables;
import dev.weir.pipeline.Cube;
import dev.weir.pipeline.Pipeline;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import javax.sql.DataSource;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.jdbc.datasource.SingleConnectionDataSource;

/**
 * Compares every roll-up that is in use with the rows of both layers that it is made of, added up
 * anew. Commits, publications and refreshes may go on meanwhile.
 */
public final class VerifyRollUps {
  private final DataSource database;
  private final Pipeline pipeline;
  private final int mostSeries;

  /**
   * Sets up the work.
   *
   * @param database gives connections that may change the roll-ups' tables
   */
  public VerifyRollUps(DataSource database, Pipeline pipeline) {
    this(database, pipeline, HourSums.MOST_SERIES);
  }

  VerifyRollUps(DataSource database, Pipeline pipeline, int mostSeries) {
    this.database = database;
    this.pipeline = pipeline;
    this.mostSeries = mostSeries;
  }

  /**
   * Compares, and changes nothing. A day is compared if one of its event hours is in the range.
   *
   * @param from first event hour
   * @param to end of the range, exclusive
   * @throws SQLException if the database refuses
   */
  public RollUpReport verify(Instant from, Instant to) throws SQLException {
    List<RollUpDamage> damages = new ArrayList<>();
    long rows = 0;
    long leftOut = 0;
    try (Connection connection = database.getConnection()) {
      connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
      connection.setReadOnly(true);
      connection.setAutoCommit(false);
      for (Cube cube : pipeline.cubes()) {
        RollUpReport report =
            new CubeComparison(pipeline, cube, connection, mostSeries).compare(from, to);
        damages.addAll(report.damages());
        rows += report.rows();
        leftOut += report.leftOut();
      }
    }
    return new RollUpReport(damages, rows, leftOut);
  }

  /**
   * Takes back those that are mendable, all at once: from then on questions about them are answered
   * from the layers' own rows, until a refresh has done so, and answers that were kept are not
   * given any more. Waits for a refresh that is at work, and has the next one wait.
   *
   * @return how many
   * @throws SQLException if the database refuses; nothing is changed then
   */
  public int takeBack(List<RollUpDamage> damages) throws SQLException {
    List<RollUpDamage> mendable = damages.stream().filter(RollUpDamage::mendable).toList();
    if (mendable.isEmpty()) {
      return 0;
    }
    try (Connection connection = database.getConnection()) {
      connection.setAutoCommit(false);
      JdbcClient client = JdbcClient.create(new SingleConnectionDataSource(connection, true));
      for (Cube cube : pipeline.cubes()) {
        client.sql(scripts(cube).lockRows).update();
      }
      client.sql(RollUpScripts.text("lock_against_refresh")).update();
      for (Cube cube : pipeline.cubes()) {
        takeBack(
            client,
            cube,
            mendable.stream().filter(damage -> damage.cube().equals(cube.name())).toList());
      }
      client.sql(RollUpScripts.text("count_change")).update();
      connection.commit();
    }
    return mendable.size();
  }

  private void takeBack(JdbcClient client, Cube cube, List<RollUpDamage> damages) {
    RollUpScripts scripts = scripts(cube);
    Map<String, Object> values = new HashMap<>();
    values.put("cube", cube.name());
    values.put("definition", cube.definitionHash());
    for (RollUpDamage damage : damages) {
      values.put("start", damage.start().atOffset(ZoneOffset.UTC));
      client.sql(damage.day() ? scripts.takeBackDay : scripts.takeBackHour).params(values).update();
    }
    if (!damages.isEmpty()) {
      client.sql(RollUpScripts.text("take_back_cube")).params(values).update();
    }
  }

  private RollUpScripts scripts(Cube cube) {
    return new RollUpScripts(cube, CubeTables.of(pipeline, cube));
  }
}
