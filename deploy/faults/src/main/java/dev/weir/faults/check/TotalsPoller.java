package dev.weir.faults.check;

import dev.weir.db.CubeTables;
import dev.weir.faults.system.FaultRuntime;
import dev.weir.faults.system.Processes;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * A reader that asks all the time, each time in one snapshot. Whatever is harmed meanwhile: what is
 * committed equals what the ledger counted and never goes backwards, and nothing is ever shown that
 * was not produced. While the database is away it tries to reconnect.
 */
public final class TotalsPoller implements AutoCloseable {
  private static final int COARSER_EVERY = 10;
  private static final int MOST_VIOLATIONS = 20;
  private static final long PAUSE_MILLIS = 50;

  private final FaultRuntime runtime;
  private final LongSupplier produced;
  private final String totals;
  private final Thread thread = new Thread(this::run, "totals-poller");
  private final List<String> violations = new ArrayList<>();
  private final AtomicLong polls = new AtomicLong();
  private volatile boolean closed;
  private long committed;
  private long head;

  /**
   * Starts polling.
   *
   * @param produced valid events without duplicates that were produced so far, or are about to be
   */
  public TotalsPoller(FaultRuntime runtime, LongSupplier produced) {
    this.runtime = runtime;
    this.produced = produced;
    this.totals =
        SqlText.of("totals", CubeTables.of(runtime.pipeline(), runtime.pipeline().cubes().get(0)));
    thread.setDaemon(true);
    thread.start();
  }

  private void run() {
    try {
      while (!closed) {
        try (Connection connection = runtime.connect()) {
          connection.setAutoCommit(false);
          connection.setReadOnly(true);
          connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
          forbidWaiting(connection);
          while (!closed) {
            poll(connection);
            Thread.sleep(PAUSE_MILLIS);
          }
        } catch (SQLException e) {
          if (isDefect(e)) {
            violation("a reader was refused: " + e.getMessage());
          }
          Thread.sleep(PAUSE_MILLIS);
        }
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    } catch (RuntimeException | Error e) {
      violation("the reader itself failed: " + e);
    }
  }

  /** A reader that is kept waiting that long, by a lock above all, was refused. */
  private static void forbidWaiting(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute("SET statement_timeout = '60s'");
    }
    connection.commit();
  }

  /** The server being away, starting or out of connections is part of the faults. */
  private static boolean isDefect(SQLException e) {
    String state = e.getSQLState() == null ? "08" : e.getSQLState();
    return !state.startsWith("08") && !state.startsWith("53") && !state.startsWith("57P");
  }

  private void poll(Connection connection) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      try (ResultSet row = statement.executeQuery(totals)) {
        row.next();
        judge(
            row.getLong("shown"),
            row.getLong("committed"),
            row.getLong("counted"),
            row.getLong("head"));
      }
      if (polls.incrementAndGet() % COARSER_EVERY == 0) {
        try (ResultSet row = statement.executeQuery(SqlText.of("coarser"))) {
          row.next();
          judgeCoarser(row.getLong(1), row.getLong(2), row.getLong(3));
        }
      }
    } finally {
      connection.rollback();
    }
  }

  private void judge(long shown, long nowCommitted, long counted, long nowHead) {
    long most = produced.getAsLong();
    String snapshot =
        "shown "
            + shown
            + ", committed "
            + nowCommitted
            + ", counted "
            + counted
            + " at commit "
            + nowHead
            + ", produced "
            + most;
    if (nowCommitted != counted) {
      violation("the committed rows are not what the ledger counted: " + snapshot);
    }
    if (nowCommitted < committed || nowHead < head) {
      violation(
          "went backwards from " + committed + " committed at commit " + head + ": " + snapshot);
    }
    if (shown < nowCommitted) {
      violation("less is shown than is committed: " + snapshot);
    }
    if (shown > most) {
      violation("more is shown than was produced: " + snapshot);
    }
    committed = nowCommitted;
    head = nowHead;
  }

  private void judgeCoarser(long minutes, long hours, long days) {
    if (minutes != hours || minutes != days) {
      violation(
          "one snapshot shows "
              + minutes
              + " events in minutes, "
              + hours
              + " in hours and "
              + days
              + " in days");
    }
  }

  private void violation(String what) {
    synchronized (violations) {
      if (violations.size() < MOST_VIOLATIONS) {
        violations.add("poll " + polls.get() + ": " + what);
      }
    }
  }

  public long polls() {
    return polls.get();
  }

  /**
   * Waits until it has read once more.
   *
   * @return whether it did in time
   */
  public boolean readsOn(Duration patience) throws InterruptedException {
    long before = polls.get();
    return Processes.await(patience, () -> polls.get() > before);
  }

  /** What was wrong so far; the first of it, if there was much. */
  public List<String> violations() {
    synchronized (violations) {
      return List.copyOf(violations);
    }
  }

  @Override
  public void close() {
    closed = true;
    thread.interrupt();
  }
}
