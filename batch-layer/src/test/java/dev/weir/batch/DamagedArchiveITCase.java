package dev.weir.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.archive.ArchiveFileWriter;
import dev.weir.archive.ArchiveKind;
import dev.weir.archive.ArchiveSchema;
import dev.weir.archive.ArchivedEvent;
import dev.weir.db.CubeTables;
import dev.weir.event.Event;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.parquet.io.LocalOutputFile;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is wrong with the archive or the speed view holds back its event hours, and only those. */
class DamagedArchiveITCase {
  private static final Instant GOOD = Instant.parse("2026-03-01T08:00:00Z");
  private static final Instant BAD = Instant.parse("2026-03-01T09:00:00Z");

  @TempDir Path archive;
  private final EventStream stream = new EventStream(7);
  private BatchRunFixture fixture;
  private List<Event> damaged;
  private Path file;

  @BeforeEach
  void start() throws Exception {
    fixture = new BatchRunFixture(archive);
    fixture.speed.commit(stream.eventsOf(GOOD, 400));
    damaged = stream.eventsOf(BAD, 400);
    fixture.speed.commit(damaged);
    file = archive.resolve(fixture.speed.paths().get(2));
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  @Test
  void missingFile() throws Exception {
    Path elsewhere = archive.resolve("elsewhere");
    Files.move(file, elsewhere);

    assertHeldBack("cannot be read: the file does not exist");

    Files.move(elsewhere, file);
    assertThat(fixture.run().hours()).singleElement().matches(hour -> hour.hour().equals(BAD));
    fixture.assertBatchRows(fixture.speed.archived());
  }

  @Test
  void cutOffFile() throws Exception {
    byte[] bytes = Files.readAllBytes(file);
    Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));

    assertHeldBack("cannot be read: ");
  }

  @Test
  void fileWithFlippedBytes() throws Exception {
    byte[] bytes = Files.readAllBytes(file);
    for (int i = bytes.length / 4; i < bytes.length / 2; i += 7) {
      bytes[i] ^= 0x55;
    }
    Files.write(file, bytes);

    assertHeldBack("");
  }

  @Test
  void fileThatLacksRows() throws Exception {
    rewrite(damaged.subList(0, 150));

    assertHeldBack("holds 150 rows of this hour, the manifest lists 200");
  }

  @Test
  void fileWithAnAlteredRow() throws Exception {
    List<Event> altered = new ArrayList<>(damaged.subList(0, 200));
    Event event = altered.get(7);
    altered.set(
        7,
        new Event(
            event.source(),
            event.topic(),
            event.partition(),
            event.offset(),
            event.recordMillis(),
            event.id(),
            event.timeMicros(),
            new String[] {"clicks", "forged", null, null},
            event.identifiers(),
            event.numbers(),
            event.numbersPresent()));
    rewrite(altered);

    assertHeldBack("was altered");
  }

  @Test
  void damagedCompactedFile() throws Exception {
    assertThat(fixture.run().succeeded()).isTrue();
    file = archive.resolve("hours/event_date=2026-03-01/event_hour=09/v1-0.parquet");
    Files.delete(file);
    fixture.speed.commit(stream.eventsOf(BAD, 10));

    RunSummary summary = fixture.run();

    assertThat(summary.succeeded()).isFalse();
    assertThat(summary.problems())
        .singleElement()
        .asString()
        .contains("hours/event_date=2026-03-01/event_hour=09/v1-0.parquet");
    // The old version goes on serving.
    fixture.assertBatchRows(
        fixture.speed.archived().stream().filter(e -> e.commit() <= 2).toList());

    fixture.fromArrivals = true;
    assertThat(fixture.run().succeeded()).isTrue();
    fixture.assertBatchRows(fixture.speed.archived());
  }

  @Test
  void speedRowsThatDifferFromTheArchive() throws Exception {
    CubeTables routes = CubeTables.of(fixture.pipeline(), fixture.pipeline().cubes().get(1));
    fixture.database.execute(
        "DELETE FROM "
            + routes.speedTable()
            + " WHERE ctid = (SELECT min(ctid) FROM "
            + routes.speedTable()
            + " WHERE commit = 2) AND commit = 2");

    RunSummary summary = fixture.run();

    assertThat(summary.published()).isEqualTo(1);
    assertThat(summary.problems())
        .singleElement()
        .asString()
        .contains("event hour 2026-03-01T09:00:00Z was not published: routes 1 of ")
        .contains("in the archive, none in the speed view");

    fixture.acceptDifferences = true;
    assertThat(fixture.run().published()).isEqualTo(1);
    fixture.assertBatchRows(fixture.speed.archived());
  }

  @Test
  void archiveWithFewerRowsThanWereCounted() throws Exception {
    fixture.database.execute(
        "UPDATE weir.ledger_source SET counted = counted + 1, records_in = records_in + 1"
            + " WHERE commit = 2 AND source = 'clicks'");
    asIfTheCommitHadSaidSo(2);

    RunSummary summary = fixture.run();

    assertThat(summary.succeeded()).isFalse();
    assertThat(summary.problems())
        .anyMatch(problem -> problem.startsWith("conservation of clicks: counted "))
        .anyMatch(problem -> problem.contains("1 of 2 commits differ: commit 2 counted 401"));
  }

  @Test
  void countedEventsThatNoFileHolds() throws Exception {
    assertThat(fixture.run().succeeded()).isTrue();
    fixture.speed.commit(stream.eventsOf(GOOD, 40));
    fixture.database.execute("DELETE FROM weir.archive_file WHERE commit = 3");
    asIfTheCommitHadSaidSo(3);

    for (int run = 0; run < 2; run++) {
      RunSummary summary = fixture.run();
      assertThat(summary.succeeded()).isFalse();
      assertThat(summary.text()).contains("1 of 1 commits differ: commit 3 counted 40, archived 0");
    }
  }

  /** Not damage that the journal would tell: the speed layer itself got it wrong. */
  private void asIfTheCommitHadSaidSo(long commit) {
    fixture.database.execute(
        "UPDATE weir.journal SET entry = weir.journal_entry(commit) WHERE commit = " + commit);
  }

  private void assertHeldBack(String reason) throws Exception {
    RunSummary summary = fixture.run();

    assertThat(summary.succeeded()).isFalse();
    assertThat(summary.published()).isEqualTo(1);
    assertThat(summary.problems())
        .first()
        .asString()
        .contains("event hour 2026-03-01T09:00:00Z was not published: ")
        .contains(archive.relativize(file).toString())
        .contains(reason);
    List<ArchivedEvent> good =
        fixture.speed.archived().stream().filter(e -> e.commit() == 1).toList();
    fixture.assertBatchRows(good);
    assertThat(
            fixture.database.queryLong(
                "SELECT count(*) FROM weir.reconciliation WHERE NOT agrees"
                    + " AND check_name = 'archive-complete'"))
        .isEqualTo(1);
  }

  private void rewrite(List<Event> events) throws IOException {
    Files.delete(file);
    ArchiveFileWriter writer =
        ArchiveFileWriter.open(
            new LocalOutputFile(file),
            "rewritten",
            ArchiveKind.ARRIVALS,
            ArchiveSchema.of(fixture.pipeline()));
    for (Event event : events) {
      writer.write(event);
    }
    writer.close();
  }
}
