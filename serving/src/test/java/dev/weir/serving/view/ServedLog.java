package dev.weir.serving.view;

import dev.weir.aggregate.AggregateKey;
import dev.weir.aggregate.MinuteAggregate;
import dev.weir.db.ComputedColumns;
import dev.weir.db.CubeCopyRow;
import dev.weir.db.CubeTable;
import dev.weir.db.CubeTables;
import dev.weir.db.RandomRows;
import dev.weir.db.TestDatabase;
import dev.weir.event.Event;
import dev.weir.pipeline.Pipeline;
import dev.weir.serving.migrate.Migration;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.UUID;
import org.postgresql.PGConnection;

/**
 * A migrated database whose first cube is written by hand: commits, live rows and published
 * versions as the layers would write them, in the fewest statements that do so.
 */
public final class ServedLog implements AutoCloseable {
  /** The cube that is written. */
  public static final int CUBE = 0;

  private final TestDatabase database = TestDatabase.empty();
  private final Pipeline pipeline;
  private final CubeTables tables;

  /** Migrates an empty database. */
  public ServedLog(Pipeline pipeline) {
    this.pipeline = pipeline;
    this.tables = CubeTables.of(pipeline, pipeline.cubes().get(CUBE));
    new Migration(database.dataSource(), pipeline, "declared").run();
  }

  public TestDatabase database() {
    return database;
  }

  public CubeTables tables() {
    return tables;
  }

  /** Aggregates events per minute and dimensions. */
  public Map<AggregateKey, MinuteAggregate> minutes(List<Event> events) {
    Map<AggregateKey, MinuteAggregate> rows = new TreeMap<>();
    events.forEach(event -> RandomRows.add(pipeline, CUBE, event, rows));
    return rows;
  }

  /** The same, in buckets of another length. */
  public Map<AggregateKey, MinuteAggregate> buckets(List<Event> events, long bucketMillis) {
    Map<AggregateKey, MinuteAggregate> rows = new TreeMap<>();
    minutes(events)
        .forEach(
            (key, aggregate) ->
                rows.computeIfAbsent(
                        new AggregateKey(
                            CUBE,
                            key.minuteMillis() - Math.floorMod(key.minuteMillis(), bucketMillis),
                            key.dimensions().toArray(String[]::new)),
                        any -> MinuteAggregate.empty(aggregate.layout()))
                    .merge(aggregate));
    return rows;
  }

  /**
   * Commits events and makes the commit the head; live rows with a base below {@code liveBase} are
   * gone with it.
   */
  public void commit(long commit, long liveBase, List<Event> events) {
    copy(CubeTable.SPEED, minutes(events), (row, key) -> CubeCopyRow.appendKey(row, commit, key));
    database.query(
        "SELECT weir.note_digests('speed', '%s', '%s', (SELECT array_agg(DISTINCT event_hour) FROM %s WHERE commit = %d), %4$d)"
            .formatted(
                tables.cube().name(), tables.cube().definitionHash(), tables.speedTable(), commit));
    database.execute(
        "INSERT INTO weir.journal VALUES ("
            + commit
            + ", '{}');"
            + "INSERT INTO weir.ledger (commit, uuid, parent, attempt, job_id, checkpoint, min_event_time, max_event_time) VALUES ("
            + commit
            + ", gen_random_uuid(), gen_random_uuid(), 1, 'job', "
            + commit
            + ", "
            + time(events.stream().mapToLong(Event::timeMicros).min().orElseThrow())
            + ", "
            + time(events.stream().mapToLong(Event::timeMicros).max().orElseThrow())
            + ")");
    database.execute(
        "UPDATE weir.head SET commit = "
            + commit
            + ", last_commit = "
            + commit
            + ", live_base = "
            + liveBase);
  }

  /** Removes the commits after one, which is the head again, from log and speed rows. */
  public void rewind(long commit) {
    database.execute(
        "BEGIN; DELETE FROM %1$s WHERE commit > %2$d; DELETE FROM weir.row_digest WHERE layer = 'speed' AND tag > %2$d;"
                .formatted(tables.speedTable(), commit)
            + " DELETE FROM weir.ledger WHERE commit > %1$d; DELETE FROM weir.journal WHERE commit > %1$d;"
                .formatted(commit)
            + " UPDATE weir.head SET commit = %1$d, live_base = %1$d; COMMIT".formatted(commit));
  }

  private static String time(long micros) {
    return "to_timestamp(" + micros + "::numeric / 1000000)";
  }

  /**
   * Writes the rows of a version without publishing it: odd ones without what is computed of
   * sketches, as they once were.
   */
  public void write(long version, long through, List<Event> events) {
    database.execute(
        "INSERT INTO weir.batch_run (kind, version, state, through_commit) OVERRIDING SYSTEM VALUE VALUES ('run', "
            + version
            + ", 'published', "
            + through
            + ")");
    boolean computed = version % 2 == 0;
    copy(
        CubeTable.BATCH_MINUTE,
        computed,
        minutes(events),
        (row, key) -> CubeCopyRow.appendKey(row, version, key));
    copy(
        CubeTable.BATCH_HOUR,
        computed,
        buckets(events, 3_600_000),
        (row, key) -> CubeCopyRow.appendKey(row, version, key));
    for (CubeTable table : List.of(CubeTable.BATCH_MINUTE, CubeTable.BATCH_HOUR)) {
      database.query(
          "SELECT weir.note_digests('%s', '%s', '%s', (SELECT array_agg(DISTINCT event_hour) FROM %s WHERE version = %d), %5$d)"
              .formatted(
                  table.layer(),
                  tables.cube().name(),
                  tables.cube().definitionHash(),
                  tables.table(table),
                  version));
    }
  }

  /** Publishes a version for every hour that has events in it. */
  public void publish(long version, long through, List<Event> events) {
    TreeSet<Long> hours = new TreeSet<>();
    events.forEach(event -> hours.add(event.hourMillis()));
    for (long hour : hours) {
      database.execute(
          "INSERT INTO weir.coverage (cube, definition_hash, event_hour, version, absorbed_through) VALUES ('"
              + tables.cube().name()
              + "', '"
              + tables.cube().definitionHash()
              + "', "
              + time(hour * 1000)
              + ", "
              + version
              + ", "
              + through
              + ") ON CONFLICT (cube, definition_hash, event_hour) DO UPDATE SET version = "
              + "excluded.version, absorbed_through = excluded.absorbed_through");
    }
  }

  /** Registers a writer of live rows. */
  public void register(UUID writer) {
    database.execute("INSERT INTO weir.live_writer (writer, attempt) VALUES ('" + writer + "', 1)");
  }

  /** Writes live rows. */
  public void live(UUID writer, long base, List<Event> events) {
    copy(
        CubeTable.LIVE,
        minutes(events),
        (row, key) -> CubeCopyRow.appendLiveKey(row, writer, base, 1, key));
  }

  private interface Keys {
    void append(StringBuilder row, AggregateKey key);
  }

  private void copy(CubeTable table, Map<AggregateKey, MinuteAggregate> rows, Keys keys) {
    copy(table, false, rows, keys);
  }

  private void copy(
      CubeTable table, boolean withComputed, Map<AggregateKey, MinuteAggregate> rows, Keys keys) {
    ComputedColumns all = tables.computed(table);
    ComputedColumns computed = withComputed ? all : all.among(List.of());
    StringBuilder text = new StringBuilder();
    TreeSet<Long> days = new TreeSet<>();
    rows.forEach(
        (key, aggregate) -> {
          keys.append(text, key);
          CubeCopyRow.appendValues(text, key, aggregate, computed);
          days.add(Math.floorDiv(key.minuteMillis(), 86_400_000L));
        });
    if (table.partitioned()) {
      for (long day : days) {
        database.query(
            "SELECT weir.ensure_day('"
                + tables.table(table)
                + "'::regclass, date '1970-01-01' + "
                + day
                + ")");
      }
    }
    try (Connection connection = database.connect()) {
      connection
          .unwrap(PGConnection.class)
          .getCopyAPI()
          .copyIn(
              "COPY %s (%s%s) FROM STDIN"
                  .formatted(tables.table(table), tables.columnList(table), computed.listed()),
              new StringReader(text.toString()));
    } catch (SQLException e) {
      throw new IllegalStateException(e);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Override
  public void close() {
    database.close();
  }
}
