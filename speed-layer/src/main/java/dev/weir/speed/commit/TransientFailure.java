package dev.weir.speed.commit;

import java.sql.SQLException;
import java.util.Set;

/**
 * Which SQL errors pass by themselves (PostgreSQL documentation, appendix A): the connection broke
 * or could not be made (class 08), the server is out of connections, memory, disk space or another
 * resource (53), starts, crashes or shuts down or ended the session (57P01 to 57P05), could not
 * read or write a file (58030), is a standby or set to read-only, as during a failover (25006),
 * ended a transaction that was idle or took too long (25P03, 25P04), a statement took longer than
 * its timeout or was cancelled by hand (57014), a lock was not granted in time (55P03), a
 * serialisation failure (40001), a deadlock (40P01), or it is unknown whether a statement was
 * completed (40003).
 */
public final class TransientFailure {
  private static final Set<String> STATES =
      Set.of("25006", "25P03", "25P04", "40001", "40003", "40P01", "55P03", "57014", "58030");

  private TransientFailure() {}

  /** Whether trying again may help. */
  public static boolean matches(SQLException failure) {
    String state = failure.getSQLState();
    return state != null
        && (state.startsWith("08")
            || state.startsWith("53")
            || state.startsWith("57P0")
            || STATES.contains(state));
  }
}
