package dev.weir.batch.rewind;

import dev.weir.batch.db.RunRefusedException;
import dev.weir.batch.db.SqlFile;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.function.Consumer;

/**
 * Makes sure that no job of the speed layer extends the commit log, by the rule that jobs go by
 * among each other: one that was not seen for the lease is gone.
 */
public final class JobLease {
  /** As the speed layer has it. */
  public static final Duration LENGTH = Duration.ofSeconds(15);

  private static final String OWNER = SqlFile.read(JobLease.class, "owner");

  private final Connection connection;
  private final Duration length;

  /**
   * @param length how long a job may be silent
   */
  public JobLease(Connection connection, Duration length) {
    this.connection = connection;
    this.length = length;
  }

  /**
   * Waits until the job that holds the log, if there is one, has been silent for the lease.
   *
   * @param waiting told once, if it comes to that
   * @throws RunRefusedException if the job is seen meanwhile: it is alive
   */
  public void awaitGone(Consumer<String> waiting) throws SQLException, RunRefusedException {
    Owner first = owner();
    if (isGone(first)) {
      return;
    }
    waiting.accept(
        "waiting for job "
            + first.jobId()
            + ", last seen at "
            + first.seenAt()
            + "; gone when not seen for "
            + length.toSeconds()
            + " s");
    for (Owner owner = owner(); !isGone(owner); owner = owner()) {
      if (!owner.standing().equals(first.standing())) {
        throw alive(owner);
      }
      try (Statement pause = connection.createStatement()) {
        pause.execute("SELECT pg_sleep(0.2)");
      }
    }
  }

  /**
   * Does not wait; for a transaction that holds the head's row.
   *
   * @throws RunRefusedException if a job may be alive
   */
  void requireGone() throws SQLException, RunRefusedException {
    Owner owner = owner();
    if (!isGone(owner)) {
      throw alive(owner);
    }
  }

  private boolean isGone(Owner owner) {
    return owner.jobId() == null || owner.silent().compareTo(length) >= 0;
  }

  private RunRefusedException alive(Owner owner) {
    return new RunRefusedException(
        "cannot rewind: job "
            + owner.jobId()
            + " extends the commit log and is alive, last seen at "
            + owner.seenAt()
            + ". Stop it (weir down, or cancel it in Flink), then rewind; a job that was killed"
            + " counts as gone when it was not seen for "
            + length.toSeconds()
            + " s. Nothing was changed");
  }

  private Owner owner() throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(OWNER);
        ResultSet row = statement.executeQuery()) {
      row.next();
      return new Owner(
          row.getString(1), row.getString(2), row.getString(3), Duration.ofMillis(row.getLong(4)));
    }
  }

  /**
   * Who holds the log.
   *
   * @param jobId null: nobody
   * @param standing changes whenever the job is seen
   */
  private record Owner(String jobId, String standing, String seenAt, Duration silent) {}
}
