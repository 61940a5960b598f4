package dev.weir.batch.publish;

import dev.weir.aggregate.MinuteBucket;
import dev.weir.batch.db.SqlFile;
import dev.weir.batch.db.Transaction;
import dev.weir.batch.db.UtcTime;
import dev.weir.batch.select.CubePlan;
import dev.weir.batch.select.HourPlan;
import dev.weir.batch.store.ArchiveStore;
import dev.weir.db.CubeTables;
import dev.weir.pipeline.Cube;
import dev.weir.pipeline.Pipeline;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.List;

/**
 * After publishing, deletes what neither the served version nor the one before it needs: rows of
 * older versions, compacted files older than the previous ones, and speed rows that the previous
 * version had already absorbed. Event hours that an earlier run published lose the speed rows that
 * all their retained versions have absorbed, too. So a rollback by one version, and one of the
 * whole run, stay possible.
 */
public final class DeleteSuperseded {
  private static final String FILES = SqlFile.read(DeleteSuperseded.class, "superseded-files");
  private static final String ABSORBED = SqlFile.read(DeleteSuperseded.class, "absorbed-hours");

  private final Connection connection;
  private final Publication publication;
  private final Pipeline pipeline;

  public DeleteSuperseded(Connection connection, Publication publication) {
    this.connection = connection;
    this.publication = publication;
    this.pipeline = publication.plan().declaration().pipeline();
  }

  /** Deletes rows. */
  public void rows() throws SQLException {
    for (int cube = 0; cube < pipeline.cubes().size(); cube++) {
      int index = cube;
      Transaction.<SQLException>run(connection, () -> rows(index));
      absorbedSpeedRows(pipeline.cubes().get(cube));
    }
  }

  private void absorbedSpeedRows(Cube cube) throws SQLException {
    try (PreparedStatement delete =
        connection.prepareStatement(
            "DELETE FROM "
                + CubeTables.of(pipeline, cube).speedTable()
                + " s USING ("
                + ABSORBED
                + ") AS a WHERE s.event_hour = a.event_hour AND s.commit <= a.absorbed_through")) {
      delete.setString(1, cube.name());
      delete.setString(2, cube.definitionHash());
      delete.setLong(3, publication.plan().version());
      delete.executeUpdate();
    }
  }

  private void rows(int index) throws SQLException {
    Cube cube = pipeline.cubes().get(index);
    CubeTables tables = CubeTables.of(pipeline, cube);
    String ofHour = " WHERE event_hour = ? AND bucket >= ? AND bucket < ? AND ";
    try (PreparedStatement minutes =
            connection.prepareStatement(
                "DELETE FROM " + tables.batchMinuteTable() + ofHour + "version < ?");
        PreparedStatement hours =
            connection.prepareStatement(
                "DELETE FROM " + tables.batchHourTable() + ofHour + "version < ?");
        PreparedStatement speed =
            connection.prepareStatement(
                "DELETE FROM " + tables.speedTable() + ofHour + "commit <= ?");
        PreparedStatement history =
            connection.prepareStatement(
                "DELETE FROM weir.coverage_history WHERE event_hour = ? AND cube = ?"
                    + " AND definition_hash = ? AND version < ?")) {
      for (HourPlan hour : publication.hours()) {
        for (CubePlan previous : hour.cubes()) {
          if (previous.cube() == index && previous.expectedVersion() > 0) {
            delete(minutes, hour, previous.expectedVersion());
            delete(hours, hour, previous.expectedVersion());
            delete(speed, hour, previous.absorbedThrough());
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

  private static void delete(PreparedStatement statement, HourPlan hour, long below)
      throws SQLException {
    statement.setObject(1, UtcTime.ofMillis(hour.hourMillis()));
    statement.setObject(2, UtcTime.ofMillis(hour.hourMillis()));
    statement.setObject(3, UtcTime.ofMillis(hour.hourMillis() + MinuteBucket.HOUR_MILLIS));
    statement.setLong(4, below);
    statement.executeUpdate();
  }

  /** Deletes compacted files. */
  public void files(ArchiveStore store) throws SQLException, IOException {
    List<HourPlan> hours = publication.compacted();
    try (PreparedStatement superseded = connection.prepareStatement(FILES);
        PreparedStatement unlist =
            connection.prepareStatement("DELETE FROM weir.archive_manifest WHERE file_id = ?");
        PreparedStatement deleted =
            connection.prepareStatement(
                "UPDATE weir.archive_file SET deleted_at = clock_timestamp()"
                    + " WHERE file_id = ?")) {
      superseded.setArray(
          1,
          connection.createArrayOf(
              "timestamptz",
              UtcTime.texts(hours.stream().mapToLong(HourPlan::hourMillis).toArray())));
      superseded.setArray(
          2,
          connection.createArrayOf(
              "bigint", hours.stream().map(HourPlan::expectedCompaction).toArray()));
      try (ResultSet files = superseded.executeQuery()) {
        while (files.next()) {
          // The file first: an entry without a file is found again, a file without an entry never.
          store.delete(files.getString(2));
          unlist.setLong(1, files.getLong(1));
          unlist.executeUpdate();
          deleted.setLong(1, files.getLong(1));
          deleted.executeUpdate();
        }
      }
    }
  }
}
