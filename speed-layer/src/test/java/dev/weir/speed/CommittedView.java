package dev.weir.speed;

import dev.weir.aggregate.AggregateKey;
import dev.weir.aggregate.MinuteAggregate;
import dev.weir.db.CubeRow;
import dev.weir.db.CubeRowParser;
import dev.weir.db.CubeTables;
import dev.weir.db.TestDatabase;
import dev.weir.pipeline.Pipeline;
import java.io.StringWriter;
import java.sql.Connection;
import java.util.HashMap;
import java.util.Map;
import org.postgresql.PGConnection;

/** What the commits of a database say, read back. */
final class CommittedView {
  private final TestDatabase database;
  private final Pipeline pipeline;

  CommittedView(TestDatabase database, Pipeline pipeline) {
    this.database = database;
    this.pipeline = pipeline;
  }

  /** All commits' deltas of every series, merged. */
  Map<AggregateKey, MinuteAggregate> aggregates() throws Exception {
    Map<AggregateKey, MinuteAggregate> merged = new HashMap<>();
    for (int i = 0; i < pipeline.cubes().size(); i++) {
      CubeTables tables = CubeTables.of(pipeline, pipeline.cubes().get(i));
      CubeRowParser parser = new CubeRowParser(tables, 1);
      StringWriter lines = new StringWriter();
      try (Connection connection = database.connect()) {
        connection
            .unwrap(PGConnection.class)
            .getCopyAPI()
            .copyOut(
                "COPY (SELECT extract(epoch FROM bucket)::bigint, "
                    + tables.rowColumnList()
                    + " FROM "
                    + tables.speedTable()
                    + ") TO STDOUT",
                lines);
      }
      for (String line : lines.toString().split("\n", -1)) {
        if (!line.isEmpty()) {
          CubeRow row = parser.parse(line);
          long minuteMillis = row.leadingLong(0) * 1000;
          merged.merge(
              row.key(i, minuteMillis),
              row.aggregate(),
              (one, other) -> {
                one.merge(other);
                return one;
              });
        }
      }
    }
    return merged;
  }

  /** The sum of a column over all commits and sources, for example {@code counted}. */
  long total(String column) {
    return database.queryLong("SELECT coalesce(sum(" + column + "), 0) FROM weir.ledger_source");
  }

  long commits() {
    return database.queryLong("SELECT count(*) FROM weir.ledger");
  }

  /** Rows of the manifest of a kind. */
  long archivedRows(String kind) {
    return database.queryLong(
        "SELECT coalesce(sum(row_count), 0) FROM weir.archive_file WHERE kind = '" + kind + "'");
  }
}
