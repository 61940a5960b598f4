package dev.weir.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.archive.ArchiveFileReader;
import dev.weir.archive.ArchiveFileWriter;
import dev.weir.archive.ArchiveKind;
import dev.weir.archive.ArchiveSchema;
import dev.weir.archive.ArchivedEvent;
import dev.weir.db.CubeTable;
import dev.weir.db.CubeTables;
import dev.weir.event.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.LocalOutputFile;

/**
 * Three event hours to damage. All have absorbed commit 1; commit 2 brought events of the second
 * and third, commit 3 of the third only, and no run has absorbed them. No event is sent twice, so
 * what is served is at any moment exactly what was committed.
 */
final class DamageFixture implements AutoCloseable {
  static final Instant EIGHT = Instant.parse("2026-03-01T08:00:00Z");
  static final Instant NINE = Instant.parse("2026-03-01T09:00:00Z");
  static final Instant TEN = Instant.parse("2026-03-01T10:00:00Z");
  private static final List<CubeTable> TABLES =
      List.of(CubeTable.SPEED, CubeTable.BATCH_MINUTE, CubeTable.BATCH_HOUR);

  final BatchRunFixture runs;
  final EventStream stream;
  private final Random random;

  /** A copy of what all start from. */
  DamageFixture(Path archive, long seed) throws Exception {
    runs = new BatchRunFixture(Undamaged.FIXTURE.runs, archive);
    stream = new EventStream(Undamaged.FIXTURE.stream, seed);
    random = new Random(seed);
  }

  private DamageFixture(Path archive) throws Exception {
    runs = new BatchRunFixture(archive);
    stream = new EventStream(7);
    random = new Random(7);
    commit(100, EIGHT, NINE, TEN);
    assertThat(runs.run().problems()).isEmpty();
    commit(80, NINE, TEN);
    commit(60, TEN);
    assertThat(runs.verify().text())
        .contains("Nothing of the layers is damaged.")
        .doesNotContain("!");
  }

  /** Made once; its database ends with the server, its files with the build's folder. */
  private static final class Undamaged {
    private static final DamageFixture FIXTURE = make();

    private static DamageFixture make() {
      try {
        return new DamageFixture(Files.createTempDirectory(Path.of("target"), "undamaged"));
      } catch (Exception e) {
        throw new IllegalStateException(
            "the state that tests of damage start from was not made", e);
      }
    }
  }

  /** Commits that many events of each hour; both files hold all hours. */
  void commit(int eventsOfEach, Instant... hours) throws IOException, SQLException {
    List<Event> events = new ArrayList<>();
    for (Instant hour : hours) {
      events.addAll(stream.eventsOf(hour, eventsOfEach));
    }
    Collections.shuffle(events, random);
    runs.speed.commit(events);
  }

  /** The first of the two arrivals files of a commit, relative to the archive. */
  String arrivals(int commit) {
    return runs.speed.paths().get(2 * (commit - 1));
  }

  Path file(String path) {
    return runs.archive.resolve(path);
  }

  CubeTables traffic() {
    return CubeTables.of(runs.pipeline(), runs.pipeline().cubes().get(0));
  }

  /** What is served is what was committed. */
  void assertServed() throws SQLException {
    runs.assertServed();
  }

  /** Verify finds damage at each of these places. */
  void assertFound(String... places) throws Exception {
    Answer verified = runs.verify();
    assertThat(verified.succeeded()).as(verified.text()).isFalse();
    for (String place : places) {
      assertThat(verified.text().lines().filter(line -> line.startsWith("! ")))
          .as(verified.text())
          .anyMatch(line -> line.contains(place));
    }
    long kept =
        runs.database.queryLong(
            "SELECT count(*) FROM weir.reconciliation WHERE NOT agrees AND version ="
                + " (SELECT max(version) FROM weir.batch_run)");
    assertThat(verified.text().lines().filter(line -> line.startsWith("! "))).hasSize((int) kept);
  }

  /** Repair mends it, and then everything is as if nothing had ever been damaged. */
  String assertRepaired() throws Exception {
    Answer repaired = runs.repair();
    assertThat(repaired.succeeded()).as(repaired.text()).isTrue();
    assertThat(repaired.text()).endsWith("Nothing of the layers is damaged.\n");
    assertServed();
    assertThat(runs.verify().succeeded()).isTrue();
    return repaired.text();
  }

  /** Late events of every hour are visible at once, and the next run absorbs them. */
  void assertGoesOn() throws Exception {
    commit(20, EIGHT, NINE, TEN);
    assertServed();
    RunSummary run = runs.run();
    assertThat(run.problems()).isEmpty();
    assertServed();
    runs.assertBatchRows(runs.speed.archived());
    Answer verified = runs.verify();
    assertThat(verified.succeeded()).as(verified.text()).isTrue();
    assertThat(runs.run().hours()).isEmpty();
  }

  /**
   * Where every row of an event hour stands and which transaction wrote it: rows of the cubes,
   * digests, coverage, compactions and manifest.
   */
  Map<String, String> rowsOf(Instant hour) {
    Map<String, String> rows = new TreeMap<>();
    List<String> tables =
        new ArrayList<>(
            List.of(
                "weir.row_digest",
                "weir.coverage",
                "weir.coverage_history",
                "weir.compacted_hour",
                "weir.archive_manifest",
                "weir.sealed_hour"));
    for (var cube : runs.pipeline().cubes()) {
      CubeTables of = CubeTables.of(runs.pipeline(), cube);
      TABLES.forEach(table -> tables.add(of.table(table)));
    }
    for (String table : tables) {
      rows.put(
          table,
          runs.database.query(
              "SELECT count(*) || ' ' || md5(string_agg(concat_ws(' ', t.tableoid, t.ctid, t.xmin),"
                  + " ',' ORDER BY t.tableoid, t.ctid)) FROM "
                  + table
                  + " t WHERE t.event_hour = '"
                  + hour
                  + "'"));
    }
    return rows;
  }

  /** Sealed hours, in order. */
  String sealed() {
    return runs.database.query(
        "SELECT coalesce(string_agg(to_char(event_hour AT TIME ZONE 'UTC', 'HH24'), ' ' ORDER BY"
            + " event_hour), '') FROM weir.sealed_hour");
  }

  /** Writes a file again with one value of one event changed; the event hours stay. */
  void alterRow(String path) throws IOException {
    ArchiveSchema schema = ArchiveSchema.of(runs.pipeline());
    List<ArchivedEvent> events = new ArrayList<>();
    try (ArchiveFileReader reader =
        ArchiveFileReader.open(new LocalInputFile(file(path)), schema)) {
      for (ArchivedEvent event = reader.read(); event != null; event = reader.read()) {
        events.add(event);
      }
    }
    int altered = random.nextInt(events.size());
    Files.delete(file(path));
    ArchiveKind kind = path.startsWith("hours/") ? ArchiveKind.HOURS : ArchiveKind.ARRIVALS;
    ArchiveFileWriter writer =
        ArchiveFileWriter.open(new LocalOutputFile(file(path)), path, kind, schema);
    for (int i = 0; i < events.size(); i++) {
      ArchivedEvent event = events.get(i);
      ArchivedEvent written = i == altered ? forged(event) : event;
      if (kind == ArchiveKind.HOURS) {
        writer.write(written);
      } else {
        writer.write(written.event());
      }
    }
    writer.close();
  }

  private static ArchivedEvent forged(ArchivedEvent archived) {
    Event event = archived.event();
    return new ArchivedEvent(
        new Event(
            event.source(),
            event.topic(),
            event.partition(),
            event.offset(),
            event.recordMillis(),
            event.id(),
            event.timeMicros(),
            new String[] {event.dimensions()[0], "forged", null, null},
            event.identifiers(),
            event.numbers(),
            event.numbersPresent()),
        archived.sourceName(),
        archived.commit(),
        archived.storedHash());
  }

  @Override
  public void close() {
    runs.close();
  }
}
