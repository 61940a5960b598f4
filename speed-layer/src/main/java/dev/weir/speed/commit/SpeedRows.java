package dev.weir.speed.commit;

import dev.weir.db.CubeTables;
import dev.weir.speed.commit.Committable.CubeDeltas;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.stream.Collectors;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Copies a commit's rows into a speed table. */
final class SpeedRows {
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
            .copyIn(
                "COPY %s (commit, %s) FROM STDIN (FORMAT %s)"
                    .formatted(deltas.table(), columns, deltas.data().format()));
    try {
      deltas.data().sendTo(copy, commit);
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
}
