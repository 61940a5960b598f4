package dev.weir.batch.publish;

import dev.weir.aggregate.MinuteBucket;
import dev.weir.batch.db.SqlFile;
import dev.weir.batch.db.Transaction;
import dev.weir.batch.db.UtcTime;
import dev.weir.batch.select.CubePlan;
import dev.weir.batch.select.HourPlan;
import dev.weir.db.CubeTable;
import dev.weir.db.CubeTables;
import dev.weir.pipeline.Cube;
import dev.weir.pipeline.Pipeline;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.postgresql.PGStatement;

/**
 * After publishing, deletes the rows that neither the served version nor the one before it needs:
 * rows of older versions, and speed rows that the previous version had already absorbed. Event
 * hours that an earlier run published lose the speed rows that all their retained versions have
 * absorbed, too. So a rollback by one version, and one of the whole run, stay possible. Digests go
 * with their rows, in the same statement.
 */
public final class DeleteSuperseded {
  private static final String ABSORBED = SqlFile.read(DeleteSuperseded.class, "absorbed-hours");

  private final Connection connection;
  private final Publication publication;
  private final Pipeline pipeline;

  public DeleteSuperseded(Connection connection, Publication publication) {
    this.connection = connection;
    this.publication = publication;
    this.pipeline = publication.plan().declaration().pipeline();
  }

  /** Deletes them. */
  public void rows() throws SQLException {
    for (int cube = 0; cube < pipeline.cubes().size(); cube++) {
      int index = cube;
      Transaction.<SQLException>run(connection, () -> rows(index));
      absorbedSpeedRows(pipeline.cubes().get(cube));
    }
  }

  private void absorbedSpeedRows(Cube cube) throws SQLException {
    CubeTables tables = CubeTables.of(pipeline, cube);
    for (Map.Entry<Day, List<Absorbed>> day : absorbedHours(cube).entrySet()) {
      try (PreparedStatement delete =
          connection.prepareStatement(
              "WITH absorbed AS MATERIALIZED (SELECT * FROM unnest(?::timestamptz[], ?::bigint[])"
                  + " AS a (event_hour, absorbed_through)), digests AS ("
                  + "DELETE FROM weir.row_digest d USING absorbed a"
                  + " WHERE d.event_hour = a.event_hour AND d.cube = ? AND d.definition_hash = ?"
                  + " AND d.layer = 'speed' AND d.tag <= a.absorbed_through) DELETE FROM "
                  + tables.speedTable()
                  + " s USING absorbed a"
                  + " WHERE s.event_hour = a.event_hour AND s.commit <= a.absorbed_through AND "
                  + day.getKey().condition())) {
        List<Absorbed> hours = day.getValue();
        delete.setArray(
            1,
            connection.createArrayOf(
                "timestamptz",
                UtcTime.texts(hours.stream().mapToLong(Absorbed::hourMillis).toArray())));
        delete.setArray(
            2, connection.createArrayOf("bigint", hours.stream().map(Absorbed::through).toArray()));
        delete.setString(3, cube.name());
        delete.setString(4, cube.definitionHash());
        delete.executeUpdate();
      }
    }
  }

  private SortedMap<Day, List<Absorbed>> absorbedHours(Cube cube) throws SQLException {
    SortedMap<Day, List<Absorbed>> days = new TreeMap<>(Comparator.comparing(Day::startMillis));
    try (PreparedStatement statement = connection.prepareStatement(ABSORBED)) {
      statement.setString(1, cube.name());
      statement.setString(2, cube.definitionHash());
      statement.setLong(3, publication.plan().version());
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          Absorbed hour = new Absorbed(UtcTime.millis(row, 1), row.getLong(2));
          days.computeIfAbsent(Day.of(hour.hourMillis()), day -> new ArrayList<>()).add(hour);
        }
      }
    }
    return days;
  }

  private void rows(int index) throws SQLException {
    Cube cube = pipeline.cubes().get(index);
    CubeTables tables = CubeTables.of(pipeline, cube);
    try (PreparedStatement minutes = delete(tables, CubeTable.BATCH_MINUTE);
        PreparedStatement hours = delete(tables, CubeTable.BATCH_HOUR);
        PreparedStatement speed = delete(tables, CubeTable.SPEED);
        PreparedStatement history =
            connection.prepareStatement(
                "DELETE FROM weir.coverage_history WHERE event_hour = ? AND cube = ?"
                    + " AND definition_hash = ? AND version < ?")) {
      for (HourPlan hour : publication.hours()) {
        for (CubePlan previous : hour.cubes()) {
          if (previous.cube() == index && previous.expectedVersion() > 0) {
            execute(minutes, cube, CubeTable.BATCH_MINUTE, hour, previous.expectedVersion() - 1);
            execute(hours, cube, CubeTable.BATCH_HOUR, hour, previous.expectedVersion() - 1);
            execute(speed, cube, CubeTable.SPEED, hour, previous.absorbedThrough());
            history.setObject(1, UtcTime.ofMillis(hour.hourMillis()));
            history.setString(2, cube.name());
            history.setString(3, cube.definitionHash());
            history.setLong(4, previous.expectedVersion());
            history.executeUpdate();
          }
        }
      }
    }
  }

  private PreparedStatement delete(CubeTables tables, CubeTable table) throws SQLException {
    PreparedStatement delete =
        connection.prepareStatement(
            "WITH digests AS (DELETE FROM weir.row_digest WHERE event_hour = ? AND cube = ?"
                + " AND definition_hash = ? AND layer = ? AND tag <= ?) DELETE FROM "
                + tables.table(table)
                + " WHERE event_hour = ? AND bucket >= ? AND bucket < ? AND "
                + table.keyColumns().get(0)
                + " <= ?");
    // Planned anew each time, for the partition at hand: a plan for any hour is one of all days.
    delete.unwrap(PGStatement.class).setPrepareThreshold(0);
    return delete;
  }

  private static void execute(
      PreparedStatement statement, Cube cube, CubeTable table, HourPlan hour, long last)
      throws SQLException {
    statement.setObject(1, UtcTime.ofMillis(hour.hourMillis()));
    statement.setString(2, cube.name());
    statement.setString(3, cube.definitionHash());
    statement.setString(4, table.layer());
    statement.setLong(5, last);
    statement.setObject(6, UtcTime.ofMillis(hour.hourMillis()));
    statement.setObject(7, UtcTime.ofMillis(hour.hourMillis()));
    statement.setObject(8, UtcTime.ofMillis(hour.hourMillis() + MinuteBucket.HOUR_MILLIS));
    statement.setLong(9, last);
    statement.executeUpdate();
  }

  /** An event hour and the last commit that all its retained versions have absorbed. */
  private record Absorbed(long hourMillis, long through) {}
}
