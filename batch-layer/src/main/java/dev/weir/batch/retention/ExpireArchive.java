package dev.weir.batch.retention;

import dev.weir.aggregate.MinuteBucket;
import dev.weir.batch.db.RunFence;
import dev.weir.batch.db.RunRefusedException;
import dev.weir.batch.db.SqlFile;
import dev.weir.batch.db.Transaction;
import dev.weir.batch.db.UtcTime;
import dev.weir.batch.publish.LetGoOfFiles;
import dev.weir.batch.publish.SealHours;
import dev.weir.batch.select.DeclaredCubes;
import dev.weir.db.CubeTable;
import dev.weir.db.CubeTables;
import dev.weir.pipeline.Cube;
import dev.weir.pipeline.Pipeline;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Lets the archive go where the declaration's retention says so, in one transaction under the run's
 * fence.
 *
 * <p>An event hour is sealed if it ended long enough ago, every declared cube has absorbed all its
 * commits, and the rows of all its retained versions are those that were written: from then on they
 * and the speed rows of later commits are all there is of it. A commit that brings events of the
 * hour meanwhile is not absorbed and loses nothing: the next run folds it.
 */
public final class ExpireArchive {
  private static final String EXPIRED = SqlFile.read(ExpireArchive.class, "expired-hours");
  private static final String ALTERED = SqlFile.read(ExpireArchive.class, "altered-hours");
  private static final String DEAD_LETTERS =
      SqlFile.read(ExpireArchive.class, "let-go-dead-letters");

  private final Connection connection;
  private final long version;
  private final Pipeline pipeline;
  private final DeclaredCubes cubes;

  /**
   * @param connection the one that holds the run's lock
   * @param version of the run
   */
  public ExpireArchive(
      Connection connection, long version, Pipeline pipeline, DeclaredCubes cubes) {
    this.connection = connection;
    this.version = version;
    this.pipeline = pipeline;
    this.cubes = cubes;
  }

  /**
   * Seals hours and lets files go, also those that an earlier run left; they are still to be
   * deleted.
   *
   * @throws RunRefusedException if a newer run has started
   */
  public ExpiredArchive expire(Instant now) throws SQLException, RunRefusedException {
    ExpiredArchive[] expired = new ExpiredArchive[1];
    Transaction.<RunRefusedException>run(
        connection,
        () -> {
          RunFence.hold(connection, version);
          Duration kept = pipeline.archiveRetention();
          expired[0] =
              kept == null
                  ? new ExpiredArchive(0, LetGoOfFiles.arrivals(connection), List.of())
                  : expire(now.minus(kept), kept);
        });
    return expired[0];
  }

  private ExpiredArchive expire(Instant limit, Duration kept) throws SQLException {
    Set<Long> hours = hoursEndedBefore(limit);
    Set<Long> altered = new TreeSet<>();
    for (Cube cube : pipeline.cubes()) {
      altered.addAll(altered(cube, CubeTable.BATCH_MINUTE, hours));
      altered.addAll(altered(cube, CubeTable.BATCH_HOUR, hours));
    }
    hours.removeAll(altered);
    SealHours.seal(
        connection,
        array(hours),
        SealHours.Reason.RETENTION,
        "the archive is kept for " + kept.toHours() + " hours, and the hour ended before " + limit);
    return new ExpiredArchive(
        hours.size(),
        LetGoOfFiles.arrivals(connection) + deadLetters(limit),
        altered.stream().map(Instant::ofEpochMilli).toList());
  }

  private Set<Long> hoursEndedBefore(Instant limit) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(EXPIRED)) {
      cubes.bind(statement, 1);
      statement.setObject(3, UtcTime.ofMillis(limit.toEpochMilli() - MinuteBucket.HOUR_MILLIS));
      statement.setInt(4, cubes.names().length);
      return hours(statement);
    }
  }

  private Set<Long> altered(Cube cube, CubeTable table, Set<Long> hours) throws SQLException {
    CubeTables tables = CubeTables.of(pipeline, cube);
    try (PreparedStatement statement = connection.prepareStatement(ALTERED)) {
      statement.setString(1, table.layer());
      statement.setString(2, tables.cube().name());
      statement.setString(3, tables.cube().definitionHash());
      statement.setArray(4, connection.createArrayOf("timestamptz", UtcTime.texts(array(hours))));
      return hours(statement);
    }
  }

  private static Set<Long> hours(PreparedStatement statement) throws SQLException {
    Set<Long> hours = new TreeSet<>();
    try (ResultSet rows = statement.executeQuery()) {
      while (rows.next()) {
        hours.add(UtcTime.millis(rows, 1));
      }
    }
    return hours;
  }

  private int deadLetters(Instant limit) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(DEAD_LETTERS)) {
      statement.setObject(1, UtcTime.ofMillis(limit.toEpochMilli()));
      return statement.executeUpdate();
    }
  }

  private static long[] array(Set<Long> hours) {
    return hours.stream().mapToLong(Long::longValue).toArray();
  }
}
