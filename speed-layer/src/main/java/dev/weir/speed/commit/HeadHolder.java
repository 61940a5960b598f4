package dev.weir.speed.commit;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.util.Optional;

/**
 * The session that has the head locked, at one moment.
 *
 * @param pid of its process in the server
 * @param application what it calls itself
 * @param sameJob whether it commits for the job that asks
 * @param since when its transaction began; null if this role may not know
 * @param waitsForClient whether it is in the middle of a statement and waits for its client, as in
 *     a COPY: none of the server's time limits is looked at there
 * @param progress differs when it has done anything since
 */
record HeadHolder(
    int pid,
    String application,
    boolean sameJob,
    OffsetDateTime since,
    boolean waitsForClient,
    String progress) {

  /** Who it is; empty if the head is free again. Once per transaction: the answer is kept in it. */
  static Optional<HeadHolder> find(Connection connection) throws SQLException {
    try (PreparedStatement find = connection.prepareStatement(Statements.HEAD_HOLDER);
        ResultSet row = find.executeQuery()) {
      return row.next()
          ? Optional.of(
              new HeadHolder(
                  row.getInt("pid"),
                  row.getString("application_name"),
                  row.getBoolean("same_job"),
                  row.getObject("xact_start", OffsetDateTime.class),
                  row.getBoolean("waits_for_client"),
                  row.getString("progress")))
          : Optional.empty();
    }
  }

  /**
   * Whether its client has said nothing in the middle of a statement since an earlier look.
   *
   * @param earlier what was seen then
   */
  boolean isFrozenSince(Optional<HeadHolder> earlier) {
    return waitsForClient && earlier.equals(Optional.of(this));
  }

  /**
   * Ends the session, unless it has gone on meanwhile; the server rolls its transaction back.
   *
   * @return whether it was told to end
   */
  boolean end(Connection connection) throws SQLException {
    try (PreparedStatement end = connection.prepareStatement(Statements.END_FROZEN_COMMIT)) {
      end.setInt(1, pid);
      end.setObject(2, since);
      try (ResultSet row = end.executeQuery()) {
        return row.next() && row.getBoolean(1);
      }
    }
  }

  /** For messages: which session, and since when. */
  @Override
  public String toString() {
    return "session %d (%s), in a transaction since %s".formatted(pid, application, since);
  }
}
