package dev.weir.speed.commit;

import dev.weir.db.CubeTables;
import dev.weir.speed.commit.Committable.CubeDeltas;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Copies a commit's rows into a speed table. */
final class SpeedRows {
  private static final int CHUNK_BYTES = 1 << 16;

  private SpeedRows() {}

  /** Copies all rows, each with the commit's number before it. */
  static void copy(Connection connection, CubeDeltas deltas, long commit) throws SQLException {
    if (deltas.rows() == 0) {
      return;
    }
    String columns =
        deltas.columns().stream().map(CubeTables::quoted).collect(Collectors.joining(", "));
    CopyIn copy =
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyIn("COPY " + deltas.table() + " (commit, " + columns + ") FROM STDIN");
    try {
      write(copy, deltas.lines(), (commit + "\t").getBytes(StandardCharsets.US_ASCII));
      long stored = copy.endCopy();
      if (stored != deltas.rows()) {
        throw new IllegalStateException(
            ("cannot commit %d rows into %s: PostgreSQL stored %d of them; the committable is "
                    + "damaged")
                .formatted(deltas.rows(), deltas.table(), stored));
      }
    } finally {
      if (copy.isActive()) {
        copy.cancelCopy();
      }
    }
  }

  /** A line feed only ever ends a line: COPY's text format escapes those of the values. */
  private static void write(CopyIn copy, byte[] lines, byte[] prefix) throws SQLException {
    byte[] chunk = new byte[CHUNK_BYTES];
    int filled = 0;
    boolean lineStarts = true;
    for (byte next : lines) {
      if (filled + prefix.length + 1 > chunk.length) {
        copy.writeToCopy(chunk, 0, filled);
        filled = 0;
      }
      if (lineStarts) {
        System.arraycopy(prefix, 0, chunk, filled, prefix.length);
        filled += prefix.length;
      }
      chunk[filled++] = next;
      lineStarts = next == '\n';
    }
    copy.writeToCopy(chunk, 0, filled);
  }
}
