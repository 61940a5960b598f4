package dev.weir.speed.commit;

import dev.weir.speed.commit.DatabaseAddress.Timeouts;
import java.net.SocketTimeoutException;
import java.sql.SQLException;

/**
 * How long a statement may take. One that takes longer is repeated with twice the time: the limits
 * are there to notice a server that hangs, and must not keep a big epoch from ever being committed.
 */
final class StatementLimits {
  private static final String QUERY_CANCELED = "57014";

  /** After so many tries something is wrong, or the epoch is enormous: somebody should look. */
  private static final int TRIES_UNTIL_ADVICE = 3;

  /** 120 s become 34 h. */
  private static final int MOST_DOUBLINGS = 10;

  private final Timeouts shortest;
  private int exceeded;

  StatementLimits(Timeouts shortest) {
    this.shortest = shortest;
  }

  /** For the next try. */
  Timeouts next() {
    return shortest.longer(1 << Math.min(exceeded, MOST_DOUBLINGS));
  }

  /** Takes note of a statement that failed on an open connection. */
  void failed(SQLException failure) {
    if (isExceeded(failure)) {
      exceeded++;
    }
  }

  /** Whether they are longer than at first. */
  boolean isExtended() {
    return exceeded > 0;
  }

  /** Back to what they were. */
  void reset() {
    exceeded = 0;
  }

  /** What to do when it happens again and again; empty before. */
  String advice() {
    return exceeded < TRIES_UNTIL_ADVICE
        ? ""
        : (". It exceeded its limit %d times; it now gets %d s for a statement. Nothing is lost and"
                + " no reader is disturbed, but nothing is committed meanwhile. See in"
                + " pg_stat_activity (application_name LIKE 'weir commit %%') what it waits for: if"
                + " another session holds a lock, end that; if the server is busy or its disk slow,"
                + " relieve it; if the epochs are too big for it, as when a backlog is read, lower the"
                + " job's parallelism or checkpoint more often (execution.checkpointing.interval)")
            .formatted(exceeded, next().statement().toSeconds());
  }

  /** The server cancelled the statement, or its answer did not come in time. */
  private static boolean isExceeded(SQLException failure) {
    if (QUERY_CANCELED.equals(failure.getSQLState())) {
      return true;
    }
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof SocketTimeoutException) {
        return true;
      }
    }
    return false;
  }
}
