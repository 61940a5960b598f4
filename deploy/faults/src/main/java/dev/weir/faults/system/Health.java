package dev.weir.faults.system;

import dev.weir.local.flink.FlinkRest;
import dev.weir.local.runtime.LocalRuntimeException;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.concurrent.TimeoutException;

/**
 * Brings a runtime back as an operator would: {@code weir up}, again if that did not do, until
 * every part runs and the job commits. Records must flow meanwhile: an epoch without any makes no
 * commit.
 */
public final class Health {
  private static final String HEAD =
      "SELECT commit, (SELECT max(committed_at) FROM weir.ledger) FROM weir.head";

  private final FaultRuntime runtime;

  public Health(FaultRuntime runtime) {
    this.runtime = runtime;
  }

  /**
   * Returns when everything runs and a commit was made since; so something must flow.
   *
   * @throws TimeoutException with the last thing that was wrong
   * @throws IllegalStateException if the job has ended in failure: it must never give up because of
   *     a fault
   */
  public void await(Duration patience) throws TimeoutException, InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    Trouble trouble = new Trouble();
    awaitUp(patience);
    long[] before = {head()};
    while (!committedSince(before, trouble)) {
      give(deadline, patience, trouble);
      if (!runtime.isUp()) {
        while (!bringUp(trouble)) {
          give(deadline, patience, trouble);
        }
      }
    }
  }

  /**
   * Returns when everything runs and the job has made a checkpoint: its execution owns the log.
   *
   * @throws TimeoutException with the last thing that was wrong
   */
  public void awaitUp(Duration patience) throws TimeoutException, InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    Trouble trouble = new Trouble();
    while (!bringUp(trouble)) {
      give(deadline, patience, trouble);
    }
  }

  private boolean bringUp(Trouble trouble) {
    refuseFailedJob();
    try {
      runtime.up();
      return runtime.isUp();
    } catch (LocalRuntimeException e) {
      trouble.last = e.getMessage();
      refuseFailedJob();
      return false;
    }
  }

  private void refuseFailedJob() {
    FlinkRest.Job job;
    try {
      FlinkRest flink = runtime.flink();
      job = flink.lastJob().orElse(null);
      if (job == null || !job.state().equals("FAILED")) {
        return;
      }
      throw new IllegalStateException(
          "the speed layer's job " + job.id() + " gave up:\n" + flink.failure(job.id()));
    } catch (LocalRuntimeException e) {
      // No JobManager, no job that could have given up.
    }
  }

  private boolean committedSince(long[] before, Trouble trouble) {
    long now = head();
    if (now >= 0 && before[0] < 0) {
      before[0] = now;
    }
    trouble.last = "no commit after " + before[0];
    refuseFailedJob();
    return before[0] >= 0 && now > before[0];
  }

  /** The head's commit; -1 while the database does not answer. */
  public long head() {
    try (Connection connection = runtime.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(HEAD)) {
      row.next();
      return row.getLong(1);
    } catch (SQLException e) {
      return -1;
    }
  }

  private static void give(long deadline, Duration patience, Trouble trouble)
      throws TimeoutException, InterruptedException {
    if (System.nanoTime() > deadline) {
      throw new TimeoutException(
          "not healthy within " + patience.toSeconds() + " s: " + trouble.last);
    }
    Thread.sleep(200);
  }

  private static final class Trouble {
    String last = "nothing tried yet";
  }
}
