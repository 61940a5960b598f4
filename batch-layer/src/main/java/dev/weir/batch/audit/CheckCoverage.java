package dev.weir.batch.audit;

import dev.weir.batch.db.SqlFile;
import dev.weir.batch.db.UtcTime;
import dev.weir.batch.select.DeclaredCubes;
import dev.weir.batch.select.HourRange;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Checks what the batch layer has noted of its own work: coverage, compactions, absorption. */
final class CheckCoverage {
  private static final String COVERAGE = SqlFile.read(CheckCoverage.class, "coverage-differences");
  private static final String ABSORBED = SqlFile.read(CheckCoverage.class, "compactions-absorbed");
  private static final String LISTED = SqlFile.read(CheckCoverage.class, "compactions-listed");
  private static final String OVERLOOKED = SqlFile.read(CheckCoverage.class, "overlooked-hours");

  private final Connection connection;
  private final HourRange range;

  CheckCoverage(Connection connection, HourRange range) {
    this.connection = connection;
    this.range = range;
  }

  List<Damage> find(DeclaredCubes cubes) throws SQLException {
    List<Damage> damages = new ArrayList<>();
    coverage(damages);
    compactions(damages);
    overlooked(cubes, damages);
    return damages;
  }

  private void coverage(List<Damage> damages) throws SQLException {
    try (PreparedStatement statement = ofRange(COVERAGE);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        damages.add(
            new CoverageDamage(
                UtcTime.millis(row, 2),
                "weir.coverage of cube '" + row.getString(1) + "'",
                "serves version %d, absorbed through commit %d; the newest retained version is %d, absorbed through %d, whose run absorbed through %d"
                    .formatted(
                        row.getLong(3),
                        row.getLong(4),
                        row.getLong(5),
                        row.getLong(6),
                        row.getLong(7))));
      }
    }
    try (PreparedStatement statement = ofRange(ABSORBED);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        damages.add(
            new CoverageDamage(
                UtcTime.millis(row, 1),
                "weir.compacted_hour",
                "version %d is said to hold the commits up to %d; its run absorbed through %d"
                    .formatted(row.getLong(2), row.getLong(3), row.getLong(4))));
      }
    }
  }

  private void compactions(List<Damage> damages) throws SQLException {
    try (PreparedStatement statement = ofRange(LISTED);
        ResultSet row = statement.executeQuery()) {
      while (row.next()) {
        damages.add(
            new CompactionDamage(
                UtcTime.millis(row, 1),
                row.getLong(2),
                row.getLong(3),
                row.getLong(4),
                "the manifest lists %d rows of %s, compacted were %d: a line is missing or was changed"
                    .formatted(
                        row.getLong(5),
                        row.getString(6) == null ? "no file" : row.getString(6),
                        row.getLong(3))));
      }
    }
  }

  private void overlooked(DeclaredCubes cubes, List<Damage> damages) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(OVERLOOKED)) {
      statement.setArray(1, connection.createArrayOf("text", cubes.names()));
      statement.setArray(2, connection.createArrayOf("text", cubes.definitions()));
      try (ResultSet row = statement.executeQuery()) {
        while (row.next()) {
          damages.add(
              new CoverageDamage(
                  null,
                  "weir.cube of cube '" + row.getString(1) + "'",
                  "is said to have absorbed every commit up to %d, but event hours, the first of them %s, have not absorbed commit %d: no run would look for them"
                      .formatted(
                          row.getLong(2),
                          Instant.ofEpochMilli(UtcTime.millis(row, 3)),
                          row.getLong(4))));
        }
      }
    }
  }

  private PreparedStatement ofRange(String query) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(query);
    statement.setObject(1, UtcTime.ofMillis(range.from().toEpochMilli()));
    statement.setObject(2, UtcTime.ofMillis(range.to().toEpochMilli()));
    return statement;
  }
}
