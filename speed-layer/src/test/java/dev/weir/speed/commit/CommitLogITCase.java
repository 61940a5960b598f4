package dev.weir.speed.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.db.CubeTables;
import dev.weir.speed.commit.Committable.SourceTotals;
import dev.weir.speed.commit.EpochPart.FileWritten;
import dev.weir.speed.commit.StartingPoint.NextOffset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What a commit stores, and what it refuses to. */
class CommitLogITCase {
  private static final String WAITING_FOR_A_LOCK =
      "SELECT count(*) FROM pg_stat_activity WHERE wait_event_type = 'Lock'"
          + " AND datname = current_database()";

  @TempDir private Path archive;
  private CommitLogFixture fixture;

  @BeforeEach
  void createDatabase() {
    fixture = new CommitLogFixture(archive);
  }

  @AfterEach
  void dropDatabase() {
    fixture.close();
  }

  @Test
  void aCommitStoresTheWholeEpochAndMovesTheHead() throws Exception {
    PostgresCommitLog log = fixture.owner("job", Committable.NONE);
    FileWritten file = SampleEpoch.file(archive, "arrivals/2026-11-20/a.parquet", 1000);
    Committable committable = fixture.committable("job", Committable.NONE, 4, file);
    log.commit(committable);

    assertThat(fixture.head()).isEqualTo("1 " + committable.uuid() + " 4 1");
    for (int cube = 0; cube < 2; cube++) {
      assertThat(fixture.speedRows(cube, 1))
          .isEqualTo(new SampleEpoch(fixture.pipeline, 4, 100).rows(cube));
    }
    assertThat(
            text(
                "SELECT commit, uuid, parent, attempt, job_id, checkpoint, max_event_time FROM "
                    + "weir.ledger"))
        .isEqualTo(
            "(1,%s,%s,1,job,4,\"%s\")"
                .formatted(
                    committable.uuid(),
                    Committable.NONE,
                    fixture.database.query(
                        "SELECT timestamptz '" + committable.maxEventTime() + "'")));
    assertThat(
            text(
                "SELECT source, records_in, counted, dead_lettered, filtered FROM "
                    + "weir.ledger_source WHERE source = 'clicks'"))
        .matches("\\(clicks,(\\d+),\\d+,1,2\\)");
    assertThat(text("SELECT source, reason, records FROM weir.dead_letter_count"))
        .isEqualTo("(clicks,BAD_TIME,1)");
    assertThat(
            text(
                "SELECT topic, partition, \"offset\", convert_from(raw, 'UTF8') FROM "
                    + "weir.dead_letter_sample"))
        .isEqualTo("(clicks,1,4,\"{\"\"timestamp\"\":\"\"soon\"\"}\")");
    assertThat(text("SELECT path, kind, bytes, row_count, commit FROM weir.archive_file"))
        .isEqualTo("(arrivals/2026-11-20/a.parquet,arrivals,1000,5,1)");
    assertThat(
            text(
                "SELECT extract(epoch FROM event_hour)::bigint, row_count, hash_sum FROM "
                    + "weir.archive_manifest"))
        .isEqualTo("(1790002800,2,-7) (1790006400,3,9)");
  }

  @Test
  void aReplayedCommitChangesNothing() throws Exception {
    PostgresCommitLog log = fixture.owner("job", Committable.NONE);
    FileWritten file = SampleEpoch.file(archive, "arrivals/2026-11-20/a.parquet", 1000);
    Committable first = fixture.committable("job", Committable.NONE, 1, file);
    log.commit(first);
    log.commit(fixture.committable("job", first.uuid(), 2));
    String head = fixture.head();
    // Compaction has deleted the file since; the replay must not ask for it.
    Files.delete(archive.resolve(file.file().path()));
    log.commit(first);
    log.recommit(first);
    assertThat(fixture.head()).isEqualTo(head);
    assertThat(text("SELECT commit, checkpoint FROM weir.ledger ORDER BY 1"))
        .isEqualTo("(1,1) (2,2)");
    assertThat(fixture.speedRows(0, 1))
        .isEqualTo(new SampleEpoch(fixture.pipeline, 1, 100).rows(0));
  }

  @Test
  void aCommitThatDoesNotFollowTheHeadIsRefused() throws Exception {
    PostgresCommitLog log = fixture.owner("job", Committable.NONE);
    Committable first = fixture.committable("job", Committable.NONE, 1);
    log.commit(first);
    log.commit(fixture.committable("job", first.uuid(), 2));
    Committable branch = fixture.committable("job", first.uuid(), 3);
    assertThatThrownBy(() -> log.commit(branch))
        .isInstanceOf(CommitRefusedException.class)
        .hasMessage(
            "cannot commit the epoch of checkpoint 3 of job job "
                + "(00000000-0000-0063-0000-000000000003):"
                + " it continues commit 1 (00000000-0000-0063-0000-000000000001, checkpoint 1 of job"
                + " job), but the commit log's head is commit 2 "
                + "(00000000-0000-0063-0000-000000000002,"
                + " checkpoint 2 of job job). Going on would count records twice or leave some out."
                + " Start it from checkpoint or savepoint 2 of job job, or from a later one of that"
                + " job after which nothing was committed; or give its state up: start the job"
                + " without state and with --take-over, which goes on from the ledger's offsets; or give"
                + " the later commits up: weir rewind 1 (batch job: rewind --commit 1), which removes"
                + " commit 2")
        .satisfies(e -> assertThat(((CommitRefusedException) e).recoverable()).isFalse());
    assertThat(fixture.database.queryLong("SELECT count(*) FROM weir.ledger")).isEqualTo(2);
  }

  @Test
  void aMissingOrShortFileIsRefused() throws Exception {
    PostgresCommitLog log = fixture.owner("job", Committable.NONE);
    FileWritten file = SampleEpoch.file(archive, "arrivals/2026-11-20/a.parquet", 1000);
    Committable committable = fixture.committable("job", Committable.NONE, 1, file);
    Path path = archive.resolve(file.file().path());

    Files.write(path, new byte[999]);
    assertThatThrownBy(() -> log.commit(committable))
        .isInstanceOf(CommitRefusedException.class)
        .hasMessageContaining(
            "a.parquet (5 rows) should have 1000 bytes, but has 999 bytes. Its events would be"
                + " counted but not archived, so nothing was committed.");
    Files.delete(path);
    assertThatThrownBy(() -> log.commit(committable))
        .isInstanceOf(CommitRefusedException.class)
        .hasMessageStartingWith(
            "cannot commit the epoch of checkpoint 1 of job job "
                + "(00000000-0000-0063-0000-000000000001):"
                + " the archive file file:"
                + path)
        .hasMessageContaining("should have 1000 bytes, but is missing.")
        .hasMessageEndingWith(
            "Bring the file back and start the job from the same checkpoint, or start it without"
                + " state and with --take-over: it reads the epoch's records again. If a rewind has"
                + " removed this commit, the file is gone on purpose: start the job from the"
                + " checkpoint of the commit log's head instead");
    assertThat(fixture.head()).startsWith("0 ");

    Files.write(path, new byte[1000]);
    log.commit(committable);
    assertThat(fixture.head()).startsWith("1 ");
  }

  @Test
  void countersThatContradictEachOtherAreNeverStored() throws Exception {
    PostgresCommitLog log = fixture.owner("job", Committable.NONE);
    Committable good = fixture.committable("job", Committable.NONE, 1);
    Committable bad =
        new Committable(
            good.uuid(),
            good.parent(),
            good.attempt(),
            good.jobId(),
            good.checkpoint(),
            null,
            null,
            List.of(new SourceTotals("clicks", 10, 8, 0, 1, 0)),
            List.of(),
            List.of(),
            List.of(),
            List.of(),
            good.deltas());
    assertThatThrownBy(() -> log.commit(bad))
        .isInstanceOf(CommitLogException.class)
        .hasMessageStartingWith("cannot commit the epoch of checkpoint 1 of job job")
        .hasMessageContaining("SQLSTATE 23514")
        .hasMessageContaining("\"conservation\"");
    assertThat(fixture.head()).startsWith("0 ");
    assertThat(fixture.speedRows(0, 1)).isEmpty();
  }

  @Test
  void commitNumbersAreNeverReused() throws Exception {
    PostgresCommitLog log = fixture.owner("job", Committable.NONE);
    Committable first = fixture.committable("job", Committable.NONE, 1);
    log.commit(first);
    log.commit(fixture.committable("job", first.uuid(), 2));
    // A rewind to the first commit.
    fixture.database.execute("DELETE FROM weir.ledger WHERE commit = 2");
    fixture.database.execute("UPDATE weir.head SET commit = 1, uuid = '" + first.uuid() + "'");
    log.commit(fixture.committable("job", first.uuid(), 3));
    assertThat(text("SELECT commit, checkpoint FROM weir.ledger ORDER BY 1"))
        .isEqualTo("(1,1) (3,3)");
    assertThat(fixture.head()).startsWith("3 ").endsWith(" 3 3");
  }

  @Test
  void definitionsTheJobDidNotKnowWaitForARecomputation() throws Exception {
    PostgresCommitLog log = fixture.owner("job", Committable.NONE);
    fixture.database.execute(
        "INSERT INTO weir.cube (cube, definition_hash, since_commit, current) VALUES "
            + "('routes', 'f00', 0, true)");
    Committable first = fixture.committable("job", Committable.NONE, 1);
    log.commit(first);
    String definitions =
        "SELECT cube, since_commit, complete_through FROM weir.cube"
            + " ORDER BY definition_hash LIKE 'f0_', definition_hash, cube";
    assertThat(text(definitions)).endsWith("(routes,1,0)").contains("(routes,0,)", "(traffic,0,)");
    fixture.database.execute(
        "INSERT INTO weir.cube (cube, definition_hash, since_commit, current) VALUES "
            + "('routes', 'f01', 0, false)");
    Committable second = fixture.committable("job", first.uuid(), 2);
    log.commit(second);
    log.commit(fixture.committable("job", second.uuid(), 3));
    assertThat(text(definitions))
        .as("whole through the head before the first commit that they lack")
        .endsWith("(routes,3,0) (routes,3,1)")
        .contains("(routes,0,)", "(traffic,0,)");
  }

  @Test
  void aBrokenConnectionOnlyDelaysTheCommit() throws Exception {
    PostgresCommitLog log = fixture.owner("job", Committable.NONE);
    Committable first = fixture.committable("job", Committable.NONE, 1);
    log.commit(first);
    fixture.database.execute(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name LIKE "
            + "'weir commit %' AND datname = current_database()");
    log.commit(fixture.committable("job", first.uuid(), 2));
    assertThat(fixture.head()).startsWith("2 ");
  }

  @Test
  void cancellationEndsTheWaitForALock() throws Exception {
    PostgresCommitLog log = fixture.owner("job", Committable.NONE);
    Committable first = fixture.committable("job", Committable.NONE, 1);
    try (Connection blocker = fixture.database.connect();
        Statement statement = blocker.createStatement()) {
      blocker.setAutoCommit(false);
      statement.execute("SELECT FROM weir.head FOR UPDATE");
      CompletableFuture<Throwable> commit = new CompletableFuture<>();
      Thread task =
          new Thread(
              () -> {
                try {
                  log.commit(first);
                  commit.complete(null);
                } catch (CommitRefusedException | InterruptedException | RuntimeException e) {
                  commit.complete(e);
                }
              });
      task.start();
      await()
          .atMost(Duration.ofMinutes(2))
          .until(() -> fixture.database.queryLong(WAITING_FOR_A_LOCK) > 0);
      log.abort();
      assertThat(commit.get(120, TimeUnit.SECONDS)).isInstanceOf(InterruptedException.class);
      blocker.rollback();
    }
    assertThat(fixture.head()).startsWith("0 ");
  }

  @Test
  void theLedgerGivesTheOffsetsToTakeOverFrom() throws Exception {
    assertThat(CommitLogReader.startingPoint(fixture.address()))
        .isEqualTo(new StartingPoint(Committable.NONE, List.of()));
    PostgresCommitLog log = fixture.owner("job", Committable.NONE);
    Committable first = fixture.committable("job", Committable.NONE, 1);
    Committable second = fixture.committable("job", first.uuid(), 2);
    log.commit(first);
    log.commit(second);
    Map<String, NextOffset> latest = new TreeMap<>();
    for (Committable committable : List.of(first, second)) {
      committable.offsets().forEach(o -> latest.put(o.source() + o.topic() + o.partition(), o));
    }
    StartingPoint point = CommitLogReader.startingPoint(fixture.address());
    assertThat(point.head()).isEqualTo(second.uuid());
    assertThat(point.offsets()).containsExactlyElementsOf(latest.values());
  }

  @Test
  void aCommitKeepsASecondCopyOfItselfAndTheDigestsOfItsRows() throws Exception {
    PostgresCommitLog log = fixture.owner("job", Committable.NONE);
    FileWritten file = SampleEpoch.file(archive, "arrivals/2026-11-20/a.parquet", 1000);
    Committable first = fixture.committable("job", Committable.NONE, 4, file);
    log.commit(first);
    EpochGatherer nothing = new EpochGatherer(fixture.pipeline);
    log.commit(nothing.toCommittable(new UUID(8, 8), first.uuid(), 1, "job", 5));

    assertThat(
            text(
                "SELECT commit, entry = weir.journal_entry(commit), entry->'ledger'->>'uuid',"
                    + " jsonb_array_length(entry->'files'), jsonb_array_length(entry->'sources') > 0"
                    + " FROM weir.journal ORDER BY commit"))
        .isEqualTo(
            "(1,t,%s,1,t) (2,t,00000000-0000-0008-0000-000000000008,0,f)".formatted(first.uuid()));
    for (int cube = 0; cube < 2; cube++) {
      CubeTables tables = CubeTables.of(fixture.pipeline, fixture.pipeline.cubes().get(cube));
      String digests =
          "SELECT event_hour, tag, row_count, hash FROM weir.row_digest WHERE cube = '%s'"
              .formatted(tables.cube().name());
      String rows =
          ("SELECT event_hour, tag, row_count, hash FROM weir.row_digests('speed', '%s', '%s',"
                  + " ARRAY(SELECT DISTINCT event_hour FROM %s))")
              .formatted(tables.cube().name(), tables.cube().definitionHash(), tables.speedTable());
      assertThat(text(digests + " ORDER BY 1")).isNotNull().isEqualTo(text(rows + " ORDER BY 1"));
      assertThat(
              fixture.database.queryLong(
                  "SELECT sum(row_count) FROM (" + digests + ") AS d WHERE tag = 1"))
          .isEqualTo(new SampleEpoch(fixture.pipeline, 4, 100).rows(cube).size());
    }
  }

  @Test
  void aDefinitionRetiredMeanwhileIsCommittedAsItWas() throws Exception {
    PostgresCommitLog log = fixture.owner("job", Committable.NONE);
    fixture.database.execute("UPDATE weir.cube SET current = false WHERE cube = 'routes'");
    log.commit(fixture.committable("job", Committable.NONE, 1));
    assertThat(text("SELECT DISTINCT cube, layer, tag FROM weir.row_digest ORDER BY 1"))
        .isEqualTo("(routes,speed,1) (traffic,speed,1)");
  }

  @Test
  void anArchiveThatIsNotMountedIsWaitedForAndNothingIsStored() throws Exception {
    PostgresCommitLog log = fixture.owner("job", Committable.NONE);
    FileWritten file = SampleEpoch.file(archive, "arrivals/2026-11-20/a.parquet", 1000);
    Committable committable = fixture.committable("job", Committable.NONE, 1, file);
    Path mounted = archive.resolve("arrivals");
    Path elsewhere = archive.resolve("elsewhere");
    Files.move(mounted, elsewhere);
    CompletableFuture<Throwable> commit = new CompletableFuture<>();
    Thread task =
        new Thread(
            () -> {
              try {
                log.commit(committable);
                commit.complete(null);
              } catch (CommitRefusedException | InterruptedException | RuntimeException e) {
                commit.complete(e);
              }
            });
    task.start();
    // The commit has looked for the file and waits.
    await().atMost(Duration.ofMinutes(2)).until(() -> isIn(task, ArchiveCheck.class, "sleep"));
    assertThat(fixture.head()).startsWith("0 ");
    Files.move(elsewhere, mounted);
    assertThat(commit.get(120, TimeUnit.SECONDS)).isNull();
    assertThat(fixture.head()).startsWith("1 ");
  }

  /** Whether a thread is in a method that was called by a class. */
  private static boolean isIn(Thread thread, Class<?> caller, String method) {
    List<StackTraceElement> frames = List.of(thread.getStackTrace());
    return frames.stream().anyMatch(frame -> frame.getClassName().equals(caller.getName()))
        && frames.stream().anyMatch(frame -> frame.getMethodName().equals(method));
  }

  /** The rows of a query, in PostgreSQL's row syntax. */
  private String text(String sql) {
    return fixture.database.query("SELECT string_agg(t::text, ' ') FROM (" + sql + ") AS t");
  }
}
