package dev.weir.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.batch.select.HourRange;
import dev.weir.db.CubeTables;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Retention deletes archived events and seals their hours; what arrives later still counts. */
class RetentionITCase extends PlayedLogCase {
  private static final Instant OLD = Instant.parse("2026-03-01T08:00:00Z");
  private static final Instant YOUNG = Instant.parse("2026-03-02T08:00:00Z");

  RetentionITCase() {
    super(5);
  }

  @BeforeEach
  void keepForADay() throws Exception {
    fixture.declaration = TestPipelines.webKeeping("24h");
    fixture.now = OLD.plus(Duration.ofHours(2));
    fixture.speed.commit(stream.eventsOf(OLD, 80));
    fixture.speed.commit(
        Stream.concat(stream.eventsOf(OLD, 20).stream(), stream.eventsOf(YOUNG, 20).stream())
            .toList());
  }

  @Test
  void keepsWhatIsYoungEnough() throws Exception {
    fixture.now = OLD.plus(Duration.ofHours(25)).minusMillis(1);

    assertThat(fixture.run().warnings()).isEmpty();

    assertThat(sealed()).isNull();
    assertThat(files()).hasSize(4 + 2);
  }

  @Test
  void sealsAnHourAndDeletesTheFilesOnlyItNeeds() throws Exception {
    fixture.now = OLD.plus(Duration.ofHours(25));

    RunSummary summary = fixture.run();

    assertThat(summary.problems()).isEmpty();
    assertThat(summary.warnings())
        .containsExactly(
            "retention: sealed 1 event hour, let go of 3 files of arrivals and dead letters");
    assertThat(sealed()).isEqualTo("2026-03-01 08:00:00 retention");
    assertThat(files())
        .containsExactlyInAnyOrder(
            fixture.speed.paths().get(3), "hours/event_date=2026-03-02/event_hour=08/v1-0.parquet");
    assertThat(fixture.database.queryLong("SELECT count(*) FROM weir.file_to_delete")).isZero();
    fixture.assertServed();
    fixture.assertBatchRows(fixture.speed.archived());
  }

  @Test
  void foldsLateEventsIntoASealedHour() throws Exception {
    fixture.now = OLD.plus(Duration.ofHours(30));
    fixture.run();
    for (int late = 0; late < 3; late++) {
      fixture.speed.commit(
          Stream.concat(stream.eventsOf(OLD, 7).stream(), stream.eventsOf(YOUNG, 9).stream())
              .toList());
      fixture.assertServed();

      RunSummary summary = fixture.run();

      assertThat(summary.problems()).isEmpty();
      assertThat(summary.hours()).hasSize(2);
      assertThat(summary.text()).contains("published, 7 events added to the sealed hour");
      fixture.assertServed();
      fixture.assertBatchRows(fixture.speed.archived());
      EveryEventOnce.assertDigests(fixture.database, fixture.pipeline());
    }
    assertThat(fixture.run(HourRange.ALL).hours()).hasSize(1);
    fixture.assertServed();
  }

  @Test
  void holdsASealedHourBackWhoseRowsWereAltered() throws Exception {
    fixture.now = OLD.plus(Duration.ofHours(30));
    fixture.run();
    CubeTables traffic = CubeTables.of(fixture.pipeline(), fixture.pipeline().cubes().get(0));
    String version = " WHERE event_hour = '" + OLD + "' AND version = 1";
    fixture.database.execute(
        "UPDATE "
            + traffic.batchMinuteTable()
            + " SET event_count = event_count + 1"
            + version
            + " AND ctid = (SELECT min(ctid) FROM "
            + traffic.batchMinuteTable()
            + version
            + ")");
    fixture.speed.commit(stream.eventsOf(OLD, 7));

    RunSummary summary = fixture.run();

    assertThat(summary.succeeded()).isFalse();
    assertThat(summary.problems())
        .singleElement()
        .asString()
        .contains(
            "event hour 2026-03-01T08:00:00Z was not published: " + traffic.batchMinuteTable())
        .contains("are found, changed; the events of this hour are no longer in the archive");
    assertThat(fixture.database.queryLong("SELECT max(absorbed_through) FROM weir.coverage"))
        .isEqualTo(2);

    fixture.acceptDifferences = true;
    assertThat(fixture.run().published()).isEqualTo(1);
  }

  @Test
  void keepsTheArchiveOfAnHourWhoseRowsWereAltered() throws Exception {
    fixture.run();
    CubeTables routes = CubeTables.of(fixture.pipeline(), fixture.pipeline().cubes().get(1));
    fixture.database.execute(
        "DELETE FROM " + routes.batchHourTable() + " WHERE event_hour = '" + OLD + "'");
    fixture.now = OLD.plus(Duration.ofHours(30));

    RunSummary summary = fixture.run();

    assertThat(summary.warnings())
        .containsExactly(
            "retention: the archive of 1 event hour is kept longer, because rows made of it are not"
                + " those that were written (2026-03-01T08:00:00Z): run weir repair");
    assertThat(sealed()).isNull();
  }

  @Test
  void aCubeDeclaredAfterwardsBeginsWithTheCommitsThatHaveSpeedRowsOfIt() throws Exception {
    fixture.now = OLD.plus(Duration.ofHours(30));
    fixture.run();
    fixture.declaration = TestPipelines.webWithSegmentsKeeping("24h");
    fixture.database.declare(fixture.pipeline());
    fixture.speed.redeclare(fixture.pipeline());
    fixture.speed.commit(stream.eventsOf(OLD, 5));

    RunSummary summary = fixture.run();

    assertThat(summary.problems()).isEmpty();
    assertThat(summary.warnings())
        .anyMatch(line -> line.startsWith("cube 'segments' in 1 hour: has the events of later"));
    assertThat(
            fixture.database.query(
                "SELECT string_agg(cube || ' ' || absorbed_through, ', ' ORDER BY cube)"
                    + " FROM weir.coverage WHERE event_hour = '"
                    + OLD
                    + "'"))
        .isEqualTo("routes 3, traffic 3");
    assertThat(fixture.run().text()).startsWith("Nothing changed");
  }

  @Test
  void letsGoOfLateArrivalsThatARunWithoutRetentionFolded() throws Exception {
    fixture.now = OLD.plus(Duration.ofHours(30));
    fixture.run();
    fixture.speed.commit(stream.eventsOf(OLD, 7));
    List<String> late = fixture.speed.paths().subList(4, 6);
    // Strikes after the hour was published, before anything is let go of.
    crashOn(
        "CREATE TRIGGER crash AFTER UPDATE ON weir.archive_file FOR EACH ROW"
            + " WHEN (NEW.kind = 'arrivals')");
    assertThat(fixture.run().warnings())
        .singleElement()
        .asString()
        .startsWith("retention could not be applied: ");
    assertThat(fixture.database.query("SELECT state FROM weir.batch_run WHERE version = 2"))
        .isEqualTo("published");
    assertThat(files()).containsAll(late);
    fixture.database.execute("DROP TRIGGER crash ON weir.archive_file");

    RunSummary next = fixture.run();

    assertThat(next.text()).startsWith("Nothing changed");
    assertThat(next.warnings())
        .containsExactly(
            "retention: sealed 0 event hours, let go of 2 files of arrivals and dead letters");
    assertThat(files()).doesNotContainAnyElementsOf(late);
    fixture.assertServed();
    assertThat(fixture.run().warnings()).isEmpty();
  }

  @Test
  void keepsAnArrivalsFileWhoseLinesAreNotAllThere() throws Exception {
    fixture.speed.commit(
        Stream.concat(stream.eventsOf(OLD, 5).stream(), stream.eventsOf(YOUNG, 15).stream())
            .toList());
    fixture.run();
    // The line of the young hour is gone: what is left says that only the old one needs the file.
    fixture.database.execute(
        "DELETE FROM weir.archive_manifest m USING weir.archive_file f WHERE f.file_id = m.file_id"
            + " AND f.commit = 3 AND m.event_hour = '"
            + YOUNG
            + "'");
    fixture.now = OLD.plus(Duration.ofHours(25));

    fixture.run();

    assertThat(sealed()).isEqualTo("2026-03-01 08:00:00 retention");
    assertThat(files()).contains(fixture.speed.paths().get(4));
  }

  @Test
  void deletesDeadLettersThatWereListedLongEnoughAgo() throws Exception {
    String old = deadLetters(1, OLD);
    String young = deadLetters(2, OLD.plus(Duration.ofHours(2)));
    fixture.now = OLD.plus(Duration.ofHours(25));

    RunSummary summary = fixture.run();

    assertThat(summary.warnings())
        .containsExactly(
            "retention: sealed 1 event hour, let go of 4 files of arrivals and dead letters");
    assertThat(archive.resolve(old)).doesNotExist();
    assertThat(archive.resolve(young)).exists();
    assertThat(
            fixture.database.query(
                "SELECT string_agg(commit || ' ' || (deleted_at IS NOT NULL), ', ' ORDER BY commit)"
                    + " FROM weir.archive_file WHERE kind = 'dead-letters'"))
        .isEqualTo("1 true, 2 false");
    assertThat(fixture.database.queryLong("SELECT count(*) FROM weir.file_to_delete")).isZero();
    assertThat(fixture.run().warnings()).isEmpty();
  }

  private String deadLetters(long commit, Instant listed) throws IOException {
    String path = "dead-letters/2026-03-01/" + commit + ".parquet";
    Path file = archive.resolve(path);
    Files.createDirectories(file.getParent());
    Files.writeString(file, "x");
    fixture.database.execute(
        "INSERT INTO weir.archive_file (path, kind, bytes, row_count, commit, listed_at) VALUES ('"
            + path
            + "', 'dead-letters', 1, 1, "
            + commit
            + ", '"
            + listed
            + "')");
    fixture.database.execute(
        "UPDATE weir.journal SET entry = weir.journal_entry(commit) WHERE commit = " + commit);
    return path;
  }

  @Test
  void deletesWhatAnInterruptedRunLetGoOf() throws Exception {
    fixture.run();
    Path needless = archive.resolve("arrivals/needless.parquet");
    Files.writeString(needless, "x");
    fixture.database.execute(
        "INSERT INTO weir.file_to_delete (path) VALUES ('arrivals/needless.parquet'), ('gone')");
    fixture.database.execute(
        "INSERT INTO weir.file_to_delete (path) VALUES ('" + fixture.speed.paths().get(0) + "')");

    assertThat(fixture.run().warnings()).isEmpty();

    assertThat(needless).doesNotExist();
    // A listed file is in use, whatever was noted.
    assertThat(archive.resolve(fixture.speed.paths().get(0))).exists();
  }

  @Test
  void holdsAnHourBackWhoseCompactionLostALineOfTheManifest() throws Exception {
    fixture.run();
    fixture.database.execute(
        "DELETE FROM weir.archive_manifest m USING weir.archive_file f"
            + " WHERE f.file_id = m.file_id AND f.kind = 'hours' AND m.event_hour = '"
            + OLD
            + "'");
    fixture.speed.commit(stream.eventsOf(OLD, 5));
    assertHeldBack();
    fixture.assertServed();
    // With nothing else to read the hour from, it is not forgotten either.
    fixture.fromArrivals = true;
    assertThat(fixture.run().succeeded()).isTrue();
    fixture.assertServed();
    fixture.fromArrivals = false;
    fixture.database.execute(
        "DELETE FROM weir.archive_manifest m USING weir.archive_file f"
            + " WHERE f.file_id = m.file_id AND f.version = 3 AND m.event_hour = '"
            + OLD
            + "'");
    RunSummary summary =
        fixture.run(HourRange.parse("2026-03-01T08:00:00Z", "2026-03-01T09:00:00Z"));
    assertThat(summary.problems()).singleElement().asString().contains("compaction of version 3");
    fixture.assertServed();
  }

  private void assertHeldBack() throws Exception {
    assertThat(fixture.run().problems())
        .first()
        .asString()
        .isEqualTo(
            "event hour 2026-03-01T08:00:00Z was not published: compaction of version 1 was"
                + " published with 100 rows, the manifest lists 0 in 0 files: lines of the manifest"
                + " are missing or were changed; run weir repair");
  }

  private String sealed() {
    return fixture.database.query(
        "SELECT string_agg(event_hour AT TIME ZONE 'UTC' || ' ' || reason, ', ')"
            + " FROM weir.sealed_hour");
  }
}
