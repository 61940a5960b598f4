package dev.weir.batch.publish;

import dev.weir.batch.db.RunFence;
import dev.weir.batch.db.RunRefusedException;
import dev.weir.batch.db.SqlFile;
import dev.weir.batch.db.Transaction;
import dev.weir.batch.db.UtcTime;
import dev.weir.batch.publish.Publication.Flip;
import dev.weir.pipeline.Cube;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.List;

/**
 * Publishes: in one transaction, under the fence, makes the run's version the one that is served
 * for its event hours and its files the compacted ones. Readers see the old version or the new one.
 *
 * <p>Refused, with nothing changed, if a newer run has moved the fence, an hour was published or
 * rolled back meanwhile, or the commit absorbed through is no longer in the ledger.
 */
public final class PublishVersion {
  private static final String MOVED = SqlFile.read(PublishVersion.class, "coverage-moved");
  private static final String FLIP = SqlFile.read(PublishVersion.class, "publish-coverage");
  private static final String ABSORBED = SqlFile.read(PublishVersion.class, "absorbed-everywhere");

  private final Connection connection;
  private final Publication publication;
  private final long version;
  private final long through;

  /**
   * @param connection the one that holds the run's lock
   */
  public PublishVersion(Connection connection, Publication publication) {
    this.connection = connection;
    this.publication = publication;
    this.version = publication.plan().version();
    this.through = publication.plan().through();
  }

  /**
   * Publishes.
   *
   * @param everywhere whether all cubes have then absorbed all commits up to the plan's in every
   *     event hour
   * @param run how the run is recorded, in the same transaction
   */
  public void publish(boolean everywhere, FinishRun run) throws SQLException, RunRefusedException {
    Transaction.<RunRefusedException>run(
        connection,
        () -> {
          publishHours();
          if (everywhere) {
            absorbedEverywhere(
                connection, publication.plan().declaration().pipeline().cubes(), through);
          }
          run.record(connection, version);
        });
  }

  /** Publishes for a run that goes on: how it ended is recorded when it has. */
  public void publish() throws SQLException, RunRefusedException {
    Transaction.<RunRefusedException>run(connection, this::publishHours);
  }

  private void publishHours() throws SQLException, RunRefusedException {
    RunFence.hold(connection, version);
    checkLedger();
    flip();
  }

  /** Flips coverage and files, in the caller's transaction, which holds the fence. */
  public void flip() throws SQLException, RunRefusedException {
    flipCoverage();
    new PublishFiles(connection, publication).publish();
  }

  /** Moves the place where the next run starts to look. */
  public static void absorbedEverywhere(Connection connection, List<Cube> cubes, long through)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(ABSORBED)) {
      statement.setLong(1, through);
      statement.setArray(2, texts(connection, cubes.stream().map(Cube::name).toArray()));
      statement.setArray(3, texts(connection, cubes.stream().map(Cube::definitionHash).toArray()));
      statement.executeUpdate();
    }
  }

  private void checkLedger() throws SQLException, RunRefusedException {
    if (through == 0) {
      return;
    }
    // Keeps a rewind from removing the commit until this transaction ends.
    // A row that is missing from the ledger but not from the journal is damage, and the hours the
    // commit touches are held back.
    if (!held("SELECT FROM weir.ledger WHERE commit = ? FOR KEY SHARE")
        && !held("SELECT FROM weir.journal WHERE commit = ? FOR KEY SHARE")) {
      throw new RunRefusedException(
          "commit "
              + through
              + " is no longer in the ledger: the log was rewound during this run; nothing was"
              + " changed, run again");
    }
  }

  private boolean held(String query) throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(query)) {
      statement.setLong(1, through);
      try (ResultSet row = statement.executeQuery()) {
        return row.next();
      }
    }
  }

  private void flipCoverage() throws SQLException, RunRefusedException {
    List<Flip> flips = publication.flips();
    Object[] cubes = flips.stream().map(Flip::cube).toArray();
    Object[] definitions = flips.stream().map(Flip::definition).toArray();
    String[] hours = UtcTime.texts(flips.stream().mapToLong(Flip::hourMillis).toArray());
    try (PreparedStatement moved = connection.prepareStatement(MOVED)) {
      moved.setArray(1, texts(connection, cubes));
      moved.setArray(2, texts(connection, definitions));
      moved.setArray(3, connection.createArrayOf("timestamptz", hours));
      moved.setArray(4, longs(flips.stream().map(f -> f.from().expectedVersion()).toArray()));
      moved.setArray(5, longs(flips.stream().map(f -> f.from().absorbedThrough()).toArray()));
      try (ResultSet row = moved.executeQuery()) {
        if (row.next()) {
          throw moved(
              "cube '" + row.getString(1) + "' of event hour ", UtcTime.millis(row, 2), row, 3);
        }
      }
    }
    try (PreparedStatement flip = connection.prepareStatement(FLIP)) {
      flip.setLong(1, version);
      flip.setLong(2, through);
      flip.setArray(3, texts(connection, cubes));
      flip.setArray(4, texts(connection, definitions));
      flip.setArray(5, connection.createArrayOf("timestamptz", hours));
      flip.executeUpdate();
    }
  }

  static RunRefusedException moved(String what, long hourMillis, ResultSet row, int column)
      throws SQLException {
    return new RunRefusedException(
        what
            + Instant.ofEpochMilli(hourMillis)
            + " moved from version "
            + row.getLong(column + 1)
            + " to "
            + row.getLong(column)
            + " during this run; nothing was changed, run again");
  }

  private Array longs(Object[] values) throws SQLException {
    return connection.createArrayOf("bigint", values);
  }

  private static Array texts(Connection connection, Object[] values) throws SQLException {
    return connection.createArrayOf("text", values);
  }
}
