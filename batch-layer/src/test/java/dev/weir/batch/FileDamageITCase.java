package dev.weir.batch;

import static dev.weir.batch.DamageFixture.EIGHT;
import static dev.weir.batch.DamageFixture.NINE;
import static dev.weir.batch.DamageFixture.TEN;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.STRING;

import dev.weir.batch.db.RunRefusedException;
import dev.weir.batch.select.Declaration;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Instant;
import java.util.Arrays;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Damaged archive files: found, named, repaired from what is whole, or sealed. */
class FileDamageITCase {
  @TempDir Path archive;
  private DamageFixture fixture;

  /** How a file is damaged, and what is said of it. */
  enum Harm {
    DELETED("cannot be read: the file does not exist"),
    TRUNCATED("cannot be read: "),
    ROW_CHANGED("was altered: the hash sum of its rows is not the manifest's");

    private final String said;

    Harm(String said) {
      this.said = said;
    }

    void to(DamageFixture fixture, String path) throws IOException {
      Path file = fixture.file(path);
      switch (this) {
        case DELETED -> Files.delete(file);
        case TRUNCATED -> {
          byte[] bytes = Files.readAllBytes(file);
          Files.write(file, Arrays.copyOf(bytes, bytes.length / 2));
        }
        case ROW_CHANGED -> fixture.alterRow(path);
      }
    }
  }

  @BeforeEach
  void start() throws Exception {
    fixture = new DamageFixture(archive, 5);
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  @ParameterizedTest
  @EnumSource
  void arrivalsNotYetAbsorbed(Harm harm) throws Exception {
    String path = fixture.arrivals(3);
    harm.to(fixture, path);

    fixture.assertFound("event hour 2026-03-01T10:00:00Z: " + path + " " + harm.said);
    RunSummary run = fixture.runs.run();
    assertThat(run.published()).isEqualTo(1);
    assertThat(run.problems())
        .anyMatch(p -> p.contains("event hour 2026-03-01T10:00:00Z was not published: " + path));
    assertThat(
            fixture.runs.database.query(
                "SELECT max(absorbed_through) FROM weir.coverage WHERE event_hour = '" + TEN + "'"))
        .isEqualTo("1");
    fixture.assertServed();
    Map<String, String> eight = fixture.rowsOf(EIGHT);
    Map<String, String> nine = fixture.rowsOf(NINE);

    String repaired = fixture.assertRepaired();

    assertThat(repaired)
        .contains("event hour 2026-03-01T10:00:00Z was sealed, what is served stays")
        .contains(path);
    assertThat(fixture.sealed()).isEqualTo("10");
    assertThat(fixture.rowsOf(EIGHT)).isEqualTo(eight);
    assertThat(fixture.rowsOf(NINE)).isEqualTo(nine);
    fixture.assertGoesOn();
  }

  /** The archive is whole, whatever is declared; another declaration can hold its numbers. */
  @Test
  void numbersThatTheDeclarationCannotHoldAreNoDamage() throws Exception {
    Declaration whole = fixture.runs.declaration;
    Map<String, String> nine = fixture.rowsOf(NINE);
    String damaged = fixture.arrivals(3);
    byte[] bytes = Files.readAllBytes(fixture.file(damaged));
    declare(new Declaration(TestPipelines.webText().replace("scale: 4", "scale: 1")));

    assertThat(fixture.runs.verify().succeeded()).isTrue();
    assertThat(fixture.runs.run().problems())
        .anyMatch(problem -> problem.contains("hours/") && problem.contains("does not fit"))
        .anyMatch(problem -> problem.contains("declare scale 4 for it"))
        .noneMatch(problem -> problem.contains("weir repair"));
    assertThat(fixture.runs.repair().text()).contains("Nothing of the layers is damaged");

    Harm.TRUNCATED.to(fixture, damaged);
    fixture.assertFound("event hour 2026-03-01T10:00:00Z: " + damaged + " cannot be read");
    assertThat(fixture.runs.repair())
        .returns(false, Answer::succeeded)
        .extracting(Answer::text, STRING)
        .contains("event hour 2026-03-01T10:00:00Z cannot be repaired: its archive is not whole")
        .contains("views show cube 'traffic' as it was")
        .doesNotContain("sealed", "no longer");

    Files.write(fixture.file(damaged), bytes);
    declare(whole);
    assertThat(fixture.sealed()).isEmpty();
    assertThat(fixture.rowsOf(NINE)).isEqualTo(nine);
    assertThat(fixture.runs.verify().succeeded()).isTrue();
    fixture.assertGoesOn();
  }

  private void declare(Declaration declaration) {
    fixture.runs.declaration = declaration;
    fixture.runs.database.declare(declaration.pipeline());
  }

  @ParameterizedTest
  @EnumSource
  void arrivalsThatACompactionHolds(Harm harm) throws Exception {
    String path = fixture.arrivals(1);
    harm.to(fixture, path);
    Map<String, String> eight = fixture.rowsOf(EIGHT);
    Map<String, String> nine = fixture.rowsOf(NINE);

    fixture.assertFound(path + " " + harm.said);
    String repaired = fixture.assertRepaired();

    assertThat(repaired).contains(path + " is no longer needed").doesNotContain("recomputed");
    assertThat(fixture.file(path)).doesNotExist();
    assertThat(fixture.sealed()).isEmpty();
    assertThat(fixture.rowsOf(EIGHT)).isEqualTo(eight);
    assertThat(fixture.rowsOf(NINE)).isEqualTo(nine);
    fixture.assertGoesOn();
  }

  @ParameterizedTest
  @EnumSource
  void compactedFile(Harm harm) throws Exception {
    String path = "hours/event_date=2026-03-01/event_hour=09/v1-0.parquet";
    harm.to(fixture, path);
    Map<String, String> eight = fixture.rowsOf(EIGHT);
    Map<String, String> ten = fixture.rowsOf(TEN);

    fixture.assertFound("event hour 2026-03-01T09:00:00Z: " + path + " " + harm.said);
    String repaired = fixture.assertRepaired();

    assertThat(repaired)
        .contains("event hour 2026-03-01T09:00:00Z was recomputed: its arrivals are whole");
    assertThat(fixture.rowsOf(EIGHT)).isEqualTo(eight);
    assertThat(fixture.rowsOf(TEN)).isEqualTo(ten);
    assertThat(fixture.file(path)).doesNotExist();
    fixture.assertGoesOn();
  }

  @Test
  void anOrdinaryRunNamesTheRepairOfACompactedFile() throws Exception {
    Files.delete(fixture.file("hours/event_date=2026-03-01/event_hour=09/v1-0.parquet"));

    RunSummary run = fixture.runs.run();

    assertThat(run.problems())
        .first()
        .asString()
        .contains("event hour 2026-03-01T09:00:00Z was not published: hours/event_date=")
        .contains("made anew by weir repair");
    fixture.assertServed();
    fixture.assertRepaired();
    fixture.assertGoesOn();
  }

  @Test
  void compactedFileAndItsArrivals() throws Exception {
    Files.delete(fixture.file("hours/event_date=2026-03-01/event_hour=08/v1-0.parquet"));
    Files.delete(fixture.file(fixture.arrivals(1)));
    Map<String, String> nine = fixture.rowsOf(NINE);

    String repaired = fixture.assertRepaired();

    assertThat(repaired).contains("event hour 2026-03-01T08:00:00Z was sealed");
    assertThat(fixture.sealed()).isEqualTo("08");
    assertThat(fixture.rowsOf(NINE)).isEqualTo(nine);
    fixture.assertGoesOn();
  }

  @Test
  void deadLettersAreLostAndSaidToBe() throws Exception {
    Files.createDirectory(archive.resolve("dead-letters"));
    fixture.runs.database.execute(
        "INSERT INTO weir.archive_file (path, kind, bytes, row_count, commit)"
            + " VALUES ('dead-letters/2026-03-01/a.parquet', 'dead-letters', 700, 5, 2)");
    fixture.runs.database.execute(
        "UPDATE weir.journal SET entry = weir.journal_entry(commit) WHERE commit = 2");

    fixture.assertFound("dead-letters/2026-03-01/a.parquet cannot be read: the file does not");
    assertThat(fixture.assertRepaired())
        .contains("dead-letters/2026-03-01/a.parquet is lost and no longer listed");
    fixture.assertGoesOn();
  }

  @Test
  void fileBesideAnother() throws Exception {
    Path copy = fixture.file(fixture.arrivals(2)).resolveSibling("copy.parquet");
    Files.copy(fixture.file(fixture.arrivals(2)), copy);
    assertThat(fixture.runs.verify().text()).doesNotContain("copy.parquet");
    Files.setLastModifiedTime(copy, FileTime.from(Instant.parse("2026-03-01T12:00:00Z")));

    Answer verified = fixture.runs.verify();

    assertThat(verified.succeeded()).isTrue();
    assertThat(verified.text())
        .contains("(unlisted-file: " + archive.relativize(copy) + " is listed by nothing")
        .contains("last written 2026-03-01T12:00:00Z");
    assertThat(fixture.runs.run().problems()).isEmpty();
    fixture.assertServed();
    fixture.assertRepaired();
    assertThat(copy).exists();
    fixture.assertGoesOn();
  }

  @Test
  void aFileThatWasAwayWhileTheArchiveWasReadIsNotDamaged() throws Exception {
    Path file = fixture.file(fixture.arrivals(1));
    Path elsewhere = Files.move(file, archive.resolveSibling("away.parquet"));
    AtomicInteger jobs = new AtomicInteger();
    fixture.runs.beforeAuditTasks =
        () -> {
          // Once everything has been read, it looks again at what is damaged.
          if (jobs.incrementAndGet() == 2) {
            move(elsewhere, file);
          }
        };
    assertThatThrownBy(fixture.runs::repair)
        .isInstanceOf(RunRefusedException.class)
        .hasMessageContaining("changed while it was read: 1 file of 1 that seemed damaged can be")
        .hasMessageEndingWith(
            ". See that it stays mounted and reachable, then run again; no event hour was changed");

    assertThat(fixture.sealed()).isEmpty();
    fixture.assertRepaired();
    assertThat(fixture.sealed()).isEmpty();
    fixture.assertGoesOn();
  }

  @Test
  void anArchiveThatGoesAwayWhileItIsReadIsNotTakenForADeletedOne() throws Exception {
    Path elsewhere = archive.resolveSibling(archive.getFileName() + "-elsewhere");
    fixture.runs.beforeAuditTasks = () -> move(archive, elsewhere);
    try {
      assertThatThrownBy(fixture.runs::repair)
          .isInstanceOf(RunRefusedException.class)
          .hasMessageContaining("went away while it was read: it does not exist or is empty now")
          .hasMessageEndingWith("; no event hour was changed");
    } finally {
      move(elsewhere, archive);
    }
    fixture.runs.beforeAuditTasks = () -> {};
    assertThat(fixture.sealed()).isEmpty();
    fixture.assertRepaired();
    fixture.assertGoesOn();
  }

  @Test
  void aFolderThatIsAwayIsNotTakenForALostOneUnlessThatIsSaid() throws Exception {
    Path folder = archive.resolve("arrivals");
    Path elsewhere = archive.resolveSibling(archive.getFileName() + "-arrivals");
    move(folder, elsewhere);
    assertThatThrownBy(fixture.runs::repair)
        .isInstanceOf(RunRefusedException.class)
        .hasMessageContaining("no folder " + folder + ", but files are listed in it")
        .hasMessageEndingWith("; no event hour was changed");
    assertThat(fixture.sealed()).isEmpty();

    Files.createDirectory(folder);
    fixture.assertRepaired();
    assertThat(fixture.sealed()).isEqualTo("09 10");
    fixture.assertGoesOn();
  }

  @Test
  void whatWasMendedIsSaidWhereTheArchiveGoesAwayBeforeItIsVerifiedAgain() throws Exception {
    Files.delete(fixture.file(fixture.arrivals(1)));
    Path other = fixture.file(fixture.arrivals(2));
    Path elsewhere = archive.resolveSibling("away.parquet");
    AtomicInteger jobs = new AtomicInteger();
    fixture.runs.beforeAuditTasks =
        () -> {
          switch (jobs.incrementAndGet()) {
            case 3 -> move(other, elsewhere); // the audit after it was mended
            case 4 -> move(elsewhere, other); // its second look
            default -> {}
          }
        };

    Answer repaired = fixture.runs.repair();

    assertThat(repaired.succeeded()).isFalse();
    assertThat(repaired.text())
        .contains("What was done:", "But what was done could not be verified again: the archive ")
        .contains("1 file of 1 that seemed damaged can be read now");
    fixture.runs.beforeAuditTasks = () -> {};
    assertThat(fixture.runs.verify().succeeded()).isTrue();
    fixture.assertServed();
    fixture.assertGoesOn();
  }

  private static void move(Path from, Path to) {
    try {
      Files.move(from, to);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void anArchiveThatIsNotThereIsNotTakenForADeletedOne() throws Exception {
    Path elsewhere = archive.resolveSibling(archive.getFileName() + "-elsewhere");
    Files.move(archive, elsewhere);
    try {
      assertThatThrownBy(fixture.runs::repair)
          .isInstanceOf(RunRefusedException.class)
          .hasMessageContaining("does not exist or is empty, but there are commits: mount it");
    } finally {
      Files.move(elsewhere, archive);
    }
    fixture.assertRepaired();
    assertThat(fixture.sealed()).isEmpty();
    fixture.assertGoesOn();
  }
}
