package dev.weir.benchmark.batch;

import dev.weir.aggregate.AggregateKey;
import dev.weir.aggregate.MinuteAggregate;
import dev.weir.archive.ArchiveFile;
import dev.weir.archive.ArchiveFile.HourEntry;
import dev.weir.archive.ArchiveKind;
import dev.weir.benchmark.SqlText;
import dev.weir.db.CopyBinary;
import dev.weir.db.CubeBinaryRow;
import dev.weir.db.CubeTable;
import dev.weir.db.CubeTables;
import dev.weir.pipeline.Pipeline;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.sql.Array;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.ToLongFunction;
import org.postgresql.PGConnection;

/** Enters an epoch into the commit log as the speed layer does, in one transaction. */
final class CommitEpoch {
  private static final String SOURCE = "clicks";
  private static final String TOPIC = "events";

  private final Connection connection;
  private final List<CubeTables> tables;
  private UUID parent;
  private long commit;

  /**
   * Continues an empty commit log.
   *
   * @param connection with a transaction open; stays the caller's
   */
  CommitEpoch(Connection connection, Pipeline pipeline) {
    this.connection = connection;
    this.tables = pipeline.cubes().stream().map(cube -> CubeTables.of(pipeline, cube)).toList();
    this.parent = new UUID(0, 0);
  }

  /** Commits what all subtasks give. */
  void commit(List<ArrivalsEpoch> subtasks) throws SQLException, IOException {
    commit++;
    UUID uuid = new UUID(commit, commit);
    long rows = subtasks.stream().mapToLong(ArrivalsEpoch::rows).sum();
    update("insert_ledger", commit, uuid, parent, commit);
    update("insert_source", commit, SOURCE, rows, rows);
    for (ArrivalsEpoch subtask : subtasks) {
      update("insert_offset", commit, SOURCE, TOPIC, subtask.partition(), subtask.nextOffset());
      for (ArchiveFile file : subtask.files()) {
        list(file);
      }
    }
    copy(merged(subtasks));
    update("insert_journal", commit);
    update("move_head", commit, uuid, commit, commit);
    connection.commit();
    parent = uuid;
  }

  private static Map<AggregateKey, MinuteAggregate> merged(List<ArrivalsEpoch> subtasks) {
    Map<AggregateKey, MinuteAggregate> merged = new HashMap<>();
    for (ArrivalsEpoch subtask : subtasks) {
      subtask
          .series()
          .forEach(
              (key, aggregate) -> {
                MinuteAggregate known = merged.putIfAbsent(key, aggregate);
                if (known != null) {
                  known.merge(aggregate);
                }
              });
    }
    return merged;
  }

  private void list(ArchiveFile file) throws SQLException {
    update(
        "list_file",
        file.path(),
        ArchiveKind.ARRIVALS.manifestName(),
        file.bytes(),
        file.rows(),
        commit,
        numbers(file, hour -> hour.hourMillis() / 1000),
        numbers(file, HourEntry::rows),
        numbers(file, HourEntry::hashSum));
  }

  private Array numbers(ArchiveFile file, ToLongFunction<HourEntry> field) throws SQLException {
    return connection.createArrayOf(
        "bigint", file.hours().stream().mapToLong(field).boxed().toArray());
  }

  private void copy(Map<AggregateKey, MinuteAggregate> series) throws SQLException, IOException {
    Map<AggregateKey, MinuteAggregate> sorted = new TreeMap<>(series);
    for (int cube = 0; cube < tables.size(); cube++) {
      CopyBinary rows = new CopyBinary().header();
      CubeBinaryRow binaryRow = new CubeBinaryRow(rows);
      for (Map.Entry<AggregateKey, MinuteAggregate> row : sorted.entrySet()) {
        if (row.getKey().cube() == cube) {
          binaryRow.append(commit, row.getKey(), row.getValue());
        }
      }
      rows.trailer();
      String table = tables.get(cube).speedTable();
      Object[] days = sorted.keySet().stream().map(CommitEpoch::day).distinct().toArray();
      update("ensure_days", table, connection.createArrayOf("date", days));
      String columns = tables.get(cube).columnList(CubeTable.SPEED);
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn(
              "COPY " + table + " (" + columns + ") FROM STDIN (FORMAT binary)",
              new ByteArrayInputStream(rows.bytes(), 0, rows.size()));
      update(
          "note_digests",
          tables.get(cube).cube().name(),
          tables.get(cube).cube().definitionHash(),
          connection.createArrayOf(
              "timestamptz", sorted.keySet().stream().map(CommitEpoch::hour).distinct().toArray()),
          commit);
    }
  }

  private static OffsetDateTime hour(AggregateKey key) {
    return Instant.ofEpochMilli(key.minuteMillis())
        .truncatedTo(ChronoUnit.HOURS)
        .atOffset(ZoneOffset.UTC);
  }

  private static LocalDate day(AggregateKey key) {
    return LocalDate.ofInstant(Instant.ofEpochMilli(key.minuteMillis()), ZoneOffset.UTC);
  }

  private void update(String statement, Object... values) throws SQLException {
    try (PreparedStatement update =
        connection.prepareStatement(SqlText.read(CommitEpoch.class, statement))) {
      for (int i = 0; i < values.length; i++) {
        update.setObject(i + 1, values[i]);
      }
      update.execute();
    }
  }
}
