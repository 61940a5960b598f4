package dev.weir.speed.commit;

import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connection, made again when it breaks, and the waiting for a database that is away or busy.
 *
 * <p>Work runs in a transaction and is repeated as a whole, also when it is unknown whether the
 * transaction was committed: work must recognise what it did before.
 */
final class DatabaseSession {
  private static final Logger LOG = LoggerFactory.getLogger(DatabaseSession.class);

  private final DatabaseAddress address;
  private final String application;
  private final Backoff backoff;
  private final StatementLimits limits;
  private final CountDownLatch aborted = new CountDownLatch(1);
  private volatile Connection connection;

  /**
   * @param application shown in {@code pg_stat_activity}
   */
  DatabaseSession(DatabaseAddress address, String application, Backoff backoff) {
    this(address, application, backoff, DatabaseAddress.Timeouts.COMMIT);
  }

  /**
   * @param application shown in {@code pg_stat_activity}
   * @param timeouts to begin with; work that takes longer gets more
   */
  DatabaseSession(
      DatabaseAddress address,
      String application,
      Backoff backoff,
      DatabaseAddress.Timeouts timeouts) {
    this.address = address;
    this.application = application;
    this.backoff = backoff;
    this.limits = new StatementLimits(timeouts);
  }

  /**
   * Runs work in one transaction, as often as it takes.
   *
   * @param purpose what is done, with its values: completes the sentence "cannot ..."
   * @throws CommitLogException if the database refuses for a reason that does not pass
   * @throws InterruptedException after {@link #abort}
   */
  <T> T transaction(String purpose, Work<T> work)
      throws CommitRefusedException, InterruptedException {
    for (int failures = 0; ; failures++) {
      requireRunning();
      try {
        Connection open = connected();
        T result = work.run(open);
        open.commit();
        if (limits.isExtended()) {
          limits.reset();
          disconnect();
        }
        return result;
      } catch (CommitRefusedException | RuntimeException e) {
        disconnect();
        throw e;
      } catch (SQLException e) {
        if (connection != null) {
          limits.failed(e);
        }
        disconnect();
        requireRunning();
        if (!TransientFailure.matches(e)) {
          throw new CommitLogException(
              ("cannot %s in the database of %s: SQLSTATE %s: %s. Nothing of it was stored; the "
                      + "job repeats it when it restarts. If tables are missing, run `weir migrate`; a "
                      + "constraint that is violated is a defect of the speed layer")
                  .formatted(purpose, address, e.getSQLState(), e.getMessage()),
              e);
        }
        pause(purpose, failures, e);
      }
    }
  }

  /** Waits, unless aborted. */
  void sleep(Duration duration) throws InterruptedException {
    if (aborted.await(duration.toMillis(), TimeUnit.MILLISECONDS)) {
      requireRunning();
    }
  }

  /** Breaks the connection and ends every wait, from any thread. */
  void abort() {
    aborted.countDown();
    Connection open = connection;
    if (open != null) {
      try {
        open.abort(Runnable::run);
      } catch (SQLException e) {
        LOG.debug("The connection to {} was already broken", address, e);
      }
    }
  }

  /** Closes the connection; an open transaction is rolled back by the server. */
  void disconnect() {
    Connection open = connection;
    connection = null;
    if (open != null) {
      try {
        open.close();
      } catch (SQLException e) {
        LOG.debug("The connection to {} was already broken", address, e);
      }
    }
  }

  private Connection connected() throws SQLException, InterruptedException {
    if (connection == null) {
      Connection open = address.connect(limits.next(), application);
      open.setAutoCommit(false);
      connection = open;
      // An abort that came while connecting has not seen this connection.
      if (aborted.getCount() == 0) {
        disconnect();
        requireRunning();
      }
    }
    return connection;
  }

  private void pause(String purpose, int failures, SQLException cause) throws InterruptedException {
    Duration wait = backoff.after(failures);
    LOG.warn(
        "Could not {} in the database of {} yet (failure {}); trying again in {} ms: {}{}",
        purpose,
        address,
        failures + 1,
        wait.toMillis(),
        cause.toString(),
        limits.advice());
    sleep(wait);
  }

  private void requireRunning() throws InterruptedException {
    if (aborted.getCount() == 0) {
      throw new InterruptedException("the task was cancelled while it used the commit log");
    }
  }

  /** One transaction's statements; the connection does not commit by itself. */
  interface Work<T> {
    T run(Connection connection) throws SQLException, CommitRefusedException;
  }
}
