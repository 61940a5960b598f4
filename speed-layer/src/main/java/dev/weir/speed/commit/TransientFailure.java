package dev.weir.speed.commit;

import java.sql.SQLException;
import java.util.Set;

/**
 * Which SQL errors pass by themselves (PostgreSQL documentation, appendix A): the connection broke
 * or could not be made (class 08), the server is out of some resource (53), starts or shuts down
 * (57P01 to 57P05), a statement took longer than its timeout or was cancelled by hand (57014), a
 * lock was not granted in time (55P03), a serialisation failure (40001) or a deadlock (40P01).
 */
public final class TransientFailure {
  private static final Set<String> STATES = Set.of("40001", "40P01", "55P03", "57014");

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
