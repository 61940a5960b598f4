package dev.weir.batch;

import dev.weir.aggregate.AggregateKey;
import dev.weir.aggregate.HyperLogLog;
import dev.weir.aggregate.MinuteAggregate;
import dev.weir.archive.ArchiveFile;
import dev.weir.archive.ArchiveFileWriter;
import dev.weir.archive.ArchiveKind;
import dev.weir.archive.ArchivePaths;
import dev.weir.archive.ArchiveSchema;
import dev.weir.archive.ArchivedEvent;
import dev.weir.db.CubeCopyRow;
import dev.weir.db.CubeTable;
import dev.weir.db.CubeTables;
import dev.weir.db.TestDatabase;
import dev.weir.event.Event;
import dev.weir.pipeline.Cube;
import dev.weir.pipeline.Pipeline;
import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import org.apache.parquet.io.LocalOutputFile;
import org.postgresql.PGConnection;

/**
 * Plays the speed layer's commits: archive files, manifest, counters and speed rows of one commit,
 * as the commit protocol would leave them, and remembers every event for the oracle.
 */
final class PlayedSpeedLayer {
  private final TestDatabase database;
  private final Path archive;
  private final List<ArchivedEvent> archived = new ArrayList<>();
  private final List<String> paths = new ArrayList<>();
  private Pipeline pipeline;
  private UUID head = new UUID(0, 0);
  private long commit;

  PlayedSpeedLayer(TestDatabase database, Pipeline pipeline, Path archive) {
    this.database = database;
    this.pipeline = pipeline;
    this.archive = archive;
  }

  /** Goes on where another has come to, in a copy of its database and archive. */
  PlayedSpeedLayer(PlayedSpeedLayer before, TestDatabase database, Path archive) {
    this(database, before.pipeline, archive);
    archived.addAll(before.archived);
    paths.addAll(before.paths);
    head = before.head;
    commit = before.commit;
  }

  /** Goes on with another declaration. */
  void redeclare(Pipeline declared) {
    pipeline = declared;
  }

  long head() {
    return commit;
  }

  /** Goes on from an earlier commit, as a job started after a rewind does; numbers go on. */
  void rewound(long to) {
    head = to == 0 ? new UUID(0, 0) : new UUID(1, to);
    archived.removeIf(event -> event.commit() > to);
  }

  /** Every event committed so far. */
  List<ArchivedEvent> archived() {
    return archived;
  }

  /** Paths of the arrivals files, relative to the archive, in the order they were committed. */
  List<String> paths() {
    return paths;
  }

  /** Commits events, spread over two files as two subtasks would. */
  void commit(List<Event> events) throws IOException, SQLException {
    commit++;
    List<ArchiveFile> files = new ArrayList<>();
    int half = events.size() / 2;
    for (List<Event> part : List.of(events.subList(0, half), events.subList(half, events.size()))) {
      if (!part.isEmpty()) {
        files.add(write(part));
      }
    }
    try (Connection connection = database.connect()) {
      connection.setAutoCommit(false);
      ledger(connection, events);
      for (ArchiveFile file : files) {
        list(connection, file);
      }
      for (int cube = 0; cube < pipeline.cubes().size(); cube++) {
        speedRows(connection, cube, events);
      }
      execute(
          connection,
          "INSERT INTO weir.journal SELECT c, weir.journal_entry(c) FROM (VALUES (?)) AS v (c)",
          commit);
      connection.commit();
    }
    for (Event event : events) {
      archived.add(
          new ArchivedEvent(event, pipeline.sources().get(event.source()).name(), commit, 0));
    }
  }

  private ArchiveFile write(List<Event> events) throws IOException {
    String path =
        ArchivePaths.arrivals(
            Instant.parse("2026-03-01T00:00:00Z"), new UUID(commit, paths.size()));
    Path file = archive.resolve(path);
    Files.createDirectories(file.getParent());
    ArchiveFileWriter writer =
        ArchiveFileWriter.open(
            new LocalOutputFile(file), path, ArchiveKind.ARRIVALS, ArchiveSchema.of(pipeline));
    for (Event event : events) {
      writer.write(event);
    }
    paths.add(path);
    return writer.close();
  }

  private void ledger(Connection connection, List<Event> events) throws SQLException {
    UUID next = new UUID(1, commit);
    execute(
        connection,
        "INSERT INTO weir.ledger (commit, uuid, parent, attempt, job_id, checkpoint)"
            + " VALUES (?, ?, ?, 1, 'job', ?)",
        commit,
        next,
        head,
        commit);
    execute(
        connection,
        "UPDATE weir.head SET commit = ?, last_commit = ?, uuid = ?",
        commit,
        commit,
        next);
    head = next;
    for (int source = 0; source < pipeline.sources().size(); source++) {
      int index = source;
      long counted = events.stream().filter(event -> event.source() == index).count();
      execute(
          connection,
          "INSERT INTO weir.ledger_source VALUES (?, ?, ?, ?, 0, 0, 0)",
          commit,
          pipeline.sources().get(source).name(),
          counted,
          counted);
    }
  }

  private void list(Connection connection, ArchiveFile file) throws SQLException {
    execute(
        connection,
        "INSERT INTO weir.archive_file (path, kind, bytes, row_count, commit)"
            + " VALUES (?, 'arrivals', ?, ?, ?)",
        file.path(),
        file.bytes(),
        file.rows(),
        commit);
    for (ArchiveFile.HourEntry entry : file.hours()) {
      execute(
          connection,
          "INSERT INTO weir.archive_manifest"
              + " SELECT file_id, ?, ?, ? FROM weir.archive_file WHERE path = ?",
          Instant.ofEpochMilli(entry.hourMillis()).atOffset(ZoneOffset.UTC),
          entry.rows(),
          entry.hashSum(),
          file.path());
    }
  }

  private void speedRows(Connection connection, int index, List<Event> events)
      throws SQLException, IOException {
    Cube cube = pipeline.cubes().get(index);
    CubeTables tables = CubeTables.of(pipeline, cube);
    Map<AggregateKey, MinuteAggregate> deltas = new TreeMap<>();
    for (Event event : events) {
      MinuteAggregate delta =
          deltas.computeIfAbsent(
              key(index, cube, event), k -> MinuteAggregate.empty(cube.layout()));
      long[] hashes = new long[event.identifiers().length];
      long present = 0;
      for (int i = 0; i < hashes.length; i++) {
        if (event.identifiers()[i] != null) {
          hashes[i] = HyperLogLog.hash(event.identifiers()[i]);
          present |= 1L << i;
        }
      }
      delta.add(event.numbers(), event.numbersPresent(), hashes, present);
    }
    StringBuilder text = new StringBuilder();
    for (Map.Entry<AggregateKey, MinuteAggregate> delta : deltas.entrySet()) {
      LocalDate day =
          LocalDate.ofInstant(Instant.ofEpochMilli(delta.getKey().minuteMillis()), ZoneOffset.UTC);
      execute(connection, "SELECT weir.ensure_day(?::regclass, ?)", tables.speedTable(), day);
      CubeCopyRow.appendKey(text, commit, delta.getKey());
      CubeCopyRow.appendValues(text, delta.getKey(), delta.getValue());
    }
    connection
        .unwrap(PGConnection.class)
        .getCopyAPI()
        .copyIn(
            "COPY "
                + tables.speedTable()
                + " ("
                + tables.columnList(CubeTable.SPEED)
                + ") FROM STDIN",
            new StringReader(text.toString()));
    execute(
        connection,
        "SELECT weir.note_digests('speed', ?, ?, ?::timestamptz[], ?)",
        cube.name(),
        cube.definitionHash(),
        connection.createArrayOf(
            "text",
            deltas.keySet().stream()
                .map(key -> Instant.ofEpochMilli(key.hourMillis()).toString())
                .distinct()
                .toArray()),
        commit);
  }

  static AggregateKey key(int index, Cube cube, Event event) {
    String[] dimensions =
        cube.dimensions().stream().map(d -> event.dimensions()[d]).toArray(String[]::new);
    return new AggregateKey(index, event.minuteMillis(), dimensions);
  }

  private static void execute(Connection connection, String sql, Object... values)
      throws SQLException {
    try (PreparedStatement statement = connection.prepareStatement(sql)) {
      for (int i = 0; i < values.length; i++) {
        statement.setObject(i + 1, values[i]);
      }
      statement.execute();
    }
  }
}
