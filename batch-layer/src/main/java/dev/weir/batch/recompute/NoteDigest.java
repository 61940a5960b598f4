package dev.weir.batch.recompute;

import dev.weir.batch.db.SqlFile;
import dev.weir.batch.db.UtcTime;
import dev.weir.db.CubeTable;
import dev.weir.db.CubeTables;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** Notes the digest of an hour's rows, in the transaction that wrote them. */
final class NoteDigest {
  private static final String FORGET = SqlFile.read(NoteDigest.class, "forget-digest");
  private static final String NOTE = "SELECT weir.note_digests(?, ?, ?, ARRAY[?::timestamptz], ?)";

  private NoteDigest() {}

  /** Replaces what an earlier attempt of the task noted. */
  static void of(
      Connection connection, CubeTables tables, CubeTable table, long hourMillis, long version)
      throws SQLException {
    try (PreparedStatement forget = connection.prepareStatement(FORGET);
        PreparedStatement note = connection.prepareStatement(NOTE)) {
      forget.setObject(1, UtcTime.ofMillis(hourMillis));
      forget.setString(2, tables.cube().name());
      forget.setString(3, tables.cube().definitionHash());
      forget.setString(4, table.layer());
      forget.setLong(5, version);
      forget.executeUpdate();
      note.setString(1, table.layer());
      note.setString(2, tables.cube().name());
      note.setString(3, tables.cube().definitionHash());
      note.setObject(4, UtcTime.ofMillis(hourMillis));
      note.setLong(5, version);
      note.execute();
    }
  }
}
