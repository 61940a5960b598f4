package dev.weir.serving.view;

import dev.weir.aggregate.AggregateKey;
import dev.weir.aggregate.MinuteAggregate;
import dev.weir.db.CubeCopyRow;
import dev.weir.db.CubeTable;
import dev.weir.db.CubeTables;
import dev.weir.db.RandomRows;
import dev.weir.db.TestDatabase;
import dev.weir.event.Event;
import dev.weir.event.RandomEvents;
import dev.weir.pipeline.Pipeline;
import java.io.IOException;
import java.io.StringReader;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import java.util.function.Predicate;
import org.postgresql.PGConnection;

/**
 * Commits, flushes, publishes and rolls back as the layers do, each in one transaction, and knows
 * how many events a reader must see at least and may see at most.
 */
public final class LayersAtWork implements AutoCloseable {
  private static final int CUBE = 0;
  private static final UUID WRITER = new UUID(7, 7);

  private final Pipeline pipeline;
  private final CubeTables tables;
  private final RandomEvents random;
  private final Connection connection;
  private final Connection rows;
  private final List<Event> committed = new ArrayList<>();
  private final List<Event> pending = new ArrayList<>();
  private final SortedSet<Long> changedHours = new TreeSet<>();
  private long head;
  private long version;
  private volatile int atLeast;
  private volatile int atMost;

  /** Begins with an empty log of a migrated database. */
  public LayersAtWork(TestDatabase database, Pipeline pipeline, RandomEvents random)
      throws SQLException {
    this.pipeline = pipeline;
    this.tables = CubeTables.of(pipeline, pipeline.cubes().get(CUBE));
    this.random = random;
    database.execute("INSERT INTO weir.live_writer (writer, attempt) VALUES ('" + WRITER + "', 1)");
    rows = database.connect();
    connection = database.connect();
    connection.setAutoCommit(false);
  }

  /** Events that every question sees that is asked from now on. */
  public int atLeast() {
    return atLeast;
  }

  /** Events that a question can have seen that is answered by now. */
  public int atMost() {
    return atMost;
  }

  /** Shows more events of the epoch that is not committed yet. */
  public void flush(int events) throws SQLException, IOException {
    pending.addAll(random.list(events));
    atMost = committed.size() + pending.size();
    execute("DELETE FROM " + tables.liveTable() + " WHERE writer = '" + WRITER + "'");
    copy(connection, CubeTable.LIVE, minutes(pending, 60_000));
    connection.commit();
    atLeast = atMost;
  }

  /** Ends the epoch: its live rows go in the moment in which its deltas come. */
  public void commit() throws SQLException, IOException {
    long commit = head + 1;
    Map<AggregateKey, MinuteAggregate> deltas = minutes(pending, 60_000);
    ensureDays(CubeTable.SPEED, pending);
    head = commit;
    copy(connection, CubeTable.SPEED, deltas);
    execute("INSERT INTO weir.journal VALUES (%d, '{}')".formatted(commit));
    execute(
        "INSERT INTO weir.ledger (commit, uuid, parent, attempt, job_id, checkpoint)"
            + " VALUES (%1$d, gen_random_uuid(), gen_random_uuid(), 1, 'job', %1$d)"
                .formatted(commit));
    SortedSet<Long> hours = hours(pending);
    try (PreparedStatement digests =
        connection.prepareStatement("SELECT weir.note_digests('speed', ?, ?, ?, ?)")) {
      digests.setString(1, tables.cube().name());
      digests.setString(2, tables.cube().definitionHash());
      digests.setArray(
          3,
          connection.createArrayOf(
              "timestamptz", hours.stream().map(LayersAtWork::time).toArray()));
      digests.setLong(4, commit);
      digests.execute();
    }
    execute(
        "UPDATE weir.head SET commit = %1$d, last_commit = %1$d, live_base = %1$d"
            .formatted(commit));
    connection.commit();
    committed.addAll(pending);
    changedHours.addAll(hours);
    pending.clear();
  }

  /** Recomputes and publishes the event hours that commits have changed. */
  public void publish() throws SQLException, IOException {
    version++;
    Predicate<Event> changed = event -> changedHours.contains(event.hourMillis());
    List<Event> recomputed = committed.stream().filter(changed).toList();
    ensureDays(CubeTable.BATCH_MINUTE, recomputed);
    ensureDays(CubeTable.BATCH_HOUR, recomputed);
    copy(rows, CubeTable.BATCH_MINUTE, minutes(recomputed, 60_000));
    copy(rows, CubeTable.BATCH_HOUR, minutes(recomputed, 3_600_000));
    execute(
        "INSERT INTO weir.batch_run (version, kind, state, through_commit) OVERRIDING SYSTEM VALUE"
            + " VALUES (%d, 'run', 'published', %d)".formatted(version, head));
    for (long hour : changedHours) {
      String values =
          "('%s', '%s', '%s', %d, %d)"
              .formatted(
                  tables.cube().name(), tables.cube().definitionHash(), time(hour), version, head);
      execute(
          "INSERT INTO weir.coverage (cube, definition_hash, event_hour, version, absorbed_through) VALUES "
              + values
              + " ON CONFLICT (cube, definition_hash, event_hour) DO UPDATE SET version ="
              + " excluded.version, absorbed_through = excluded.absorbed_through");
      execute("INSERT INTO weir.coverage_history VALUES " + values);
    }
    connection.commit();
    changedHours.clear();
  }

  /** Serves what was served before the last version again: speed rows are all there still. */
  public void rollback() throws SQLException {
    String last = "(SELECT event_hour FROM weir.coverage WHERE version = %d)".formatted(version);
    execute(
        """
        UPDATE weir.coverage c SET version = h.version, absorbed_through = h.absorbed_through
        FROM weir.coverage_history h
        WHERE (h.cube, h.definition_hash, h.event_hour) = (c.cube, c.definition_hash, c.event_hour)
          AND c.version = %1$d
          AND h.version = (
            SELECT max(b.version) FROM weir.coverage_history b
            WHERE b.event_hour = c.event_hour AND b.version < %1$d)"""
            .formatted(version));
    execute(
        "DELETE FROM weir.coverage WHERE version = %d AND event_hour IN %s"
            .formatted(version, last));
    connection.commit();
    committed.forEach(event -> changedHours.add(event.hourMillis()));
  }

  private Map<AggregateKey, MinuteAggregate> minutes(List<Event> events, long bucketMillis) {
    Map<AggregateKey, MinuteAggregate> minutes = new TreeMap<>();
    events.forEach(event -> RandomRows.add(pipeline, CUBE, event, minutes));
    Map<AggregateKey, MinuteAggregate> buckets = new TreeMap<>();
    minutes.forEach(
        (key, aggregate) ->
            buckets
                .computeIfAbsent(
                    new AggregateKey(
                        CUBE,
                        key.minuteMillis() - Math.floorMod(key.minuteMillis(), bucketMillis),
                        key.dimensions().toArray(String[]::new)),
                    any -> MinuteAggregate.empty(aggregate.layout()))
                .merge(aggregate));
    return buckets;
  }

  private static SortedSet<Long> hours(List<Event> events) {
    SortedSet<Long> hours = new TreeSet<>();
    events.forEach(event -> hours.add(event.hourMillis()));
    return hours;
  }

  private void copy(Connection to, CubeTable table, Map<AggregateKey, MinuteAggregate> aggregates)
      throws SQLException, IOException {
    StringBuilder text = new StringBuilder();
    aggregates.forEach(
        (key, aggregate) -> {
          switch (table) {
            case LIVE -> CubeCopyRow.appendLiveKey(text, WRITER, head, 1, key);
            case SPEED -> CubeCopyRow.appendKey(text, head, key);
            case BATCH_MINUTE, BATCH_HOUR -> CubeCopyRow.appendKey(text, version, key);
          }
          CubeCopyRow.appendValues(text, key, aggregate);
        });
    to.unwrap(PGConnection.class)
        .getCopyAPI()
        .copyIn(
            "COPY " + tables.table(table) + " (" + tables.columnList(table) + ") FROM STDIN",
            new StringReader(text.toString()));
  }

  private void ensureDays(CubeTable table, List<Event> events) throws SQLException {
    SortedSet<String> days = new TreeSet<>();
    hours(events).forEach(hour -> days.add(time(hour).substring(0, 10)));
    for (String day : days) {
      execute("SELECT weir.ensure_day('%s', '%s')".formatted(tables.table(table), day));
    }
    connection.commit();
  }

  private static String time(long millis) {
    return Instant.ofEpochMilli(millis).atOffset(ZoneOffset.UTC).toString();
  }

  private void execute(String sql) throws SQLException {
    try (Statement statement = connection.createStatement()) {
      statement.execute(sql);
    }
  }

  @Override
  public void close() throws SQLException {
    rows.close();
    connection.close();
  }
}
