package dev.weir.speed.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.weir.db.CubeTables;
import dev.weir.speed.commit.CommitLog.Claim;
import dev.weir.speed.commit.CommitLog.Start;
import dev.weir.speed.commit.CommitRefusedException.Reason;
import dev.weir.speed.commit.EpochPart.FileWritten;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What a rewind leaves to the jobs of the timeline it removed: three commits were made, and the log
 * was rewound to the first.
 */
class RewoundLogITCase {
  private static final UUID WRITER = new UUID(1, 1);

  @TempDir private Path archive;
  private CommitLogFixture fixture;
  private PostgresCommitLog zombie;
  private Committable one;
  private Committable two;
  private Committable three;
  private FileWritten file;

  @BeforeEach
  void rewind() throws Exception {
    fixture = new CommitLogFixture(archive);
    zombie = fixture.owner("first", Committable.NONE);
    zombie.register(WRITER);
    SampleEpoch.file(archive, "arrivals/2026-11-20/other.parquet", 10);
    file = SampleEpoch.file(archive, "arrivals/2026-11-20/a.parquet", 10);
    one = fixture.committable("first", Committable.NONE, 1);
    two = fixture.committable("first", one.uuid(), 2, file);
    three = fixture.committable("first", two.uuid(), 3);
    zombie.commit(one);
    zombie.commit(two);
    zombie.commit(three);
    fixture.pipeline.cubes().stream()
        .map(cube -> CubeTables.of(fixture.pipeline, cube).speedTable())
        .forEach(table -> fixture.database.execute("DELETE FROM " + table + " WHERE commit > 1"));
    fixture.database.execute(
        """
        DELETE FROM weir.row_digest WHERE tag > 1;
        INSERT INTO weir.file_to_delete SELECT path FROM weir.archive_file WHERE commit > 1;
        DELETE FROM weir.archive_file WHERE commit > 1;
        DELETE FROM weir.journal WHERE commit > 1;
        DELETE FROM weir.ledger WHERE commit > 1;
        DELETE FROM weir.live_writer;
        UPDATE weir.head SET commit = 1, uuid = l.uuid, live_base = l.checkpoint,
          attempt = head.attempt + 1, job_id = NULL
        FROM weir.ledger l WHERE l.commit = 1""");
  }

  @AfterEach
  void dropDatabase() {
    fixture.close();
  }

  @Test
  void itsLateCommitIsRefused() {
    Committable four = fixture.committable("first", three.uuid(), 1, 4);
    String content = content();
    assertThatExceptionOfType(CommitRefusedException.class)
        .isThrownBy(() -> zombie.commit(four))
        .withMessage(
            "cannot commit the epoch of checkpoint 4 of job first"
                + " (00000000-0000-0063-0000-000000000004): this execution holds claim 1, but claim 2"
                + " was made since, by an execution that gave it back or by a rewind. What comes late"
                + " changes nothing; the job restarts and asks again")
        .satisfies(e -> assertThat(e.recoverable()).isTrue());
    assertThatExceptionOfType(CommitRefusedException.class).isThrownBy(zombie::seen);
    assertThatExceptionOfType(CommitRefusedException.class)
        .isThrownBy(() -> zombie.register(new UUID(1, 2)));
    assertThat(content()).isEqualTo(content);
  }

  @Test
  void itsRestartStopsForGoodAndSaysWhatIsAccepted() {
    String content = content();
    assertThatExceptionOfType(CommitRefusedException.class)
        .isThrownBy(() -> fixture.job("first").claim(new Claim(three.uuid(), 3, Start.RESTORED)))
        .withMessage(
            "cannot claim the commit log for job first: it continues"
                + " 00000000-0000-0063-0000-000000000003, which the ledger does not know (it is"
                + " another database's, or a rewind has removed it), but the commit log's head is"
                + " commit 1 (00000000-0000-0063-0000-000000000001, checkpoint 1 of job first). Going"
                + " on would count records twice or leave some out. Start it from checkpoint or"
                + " savepoint 1 of job first, or from a later one of that job after which nothing was"
                + " committed; or give its state up: start the job without state and with"
                + " --take-over, which goes on from the ledger's offsets")
        .satisfies(e -> assertThat(e.recoverable()).isFalse());
    assertThat(content()).isEqualTo(content);
  }

  @Test
  void theStateOfTheCommitGoesOnUnderNewNumbers() throws Exception {
    PostgresCommitLog job = fixture.job("second");
    // The checkpoint that ended its epoch holds it, not yet committed.
    job.recommit(one);
    assertThat(job.claim(new Claim(one.uuid(), 1, Start.RESTORED))).isEqualTo(3);
    Committable again = fixture.committable("second", one.uuid(), 4);
    job.commit(again);
    assertThat(fixture.head()).isEqualTo("4 " + again.uuid() + " 4 4");
    assertThat(
            fixture.database.query(
                "SELECT string_agg(commit::text, ' ' ORDER BY commit) FROM weir.journal"))
        .isEqualTo("1 4");
  }

  @Test
  void aStateFromAfterItIsRefusedWhetherItsFilesAreThereOrNot() throws Exception {
    PostgresCommitLog job = fixture.job("second");
    assertThatExceptionOfType(CommitRefusedException.class)
        .isThrownBy(() -> job.recommit(two))
        .withMessage(
            "cannot commit the epoch of checkpoint 2 of job first"
                + " (00000000-0000-0063-0000-000000000002): a rewind has removed that commit, and its"
                + " archive file arrivals/2026-11-20/a.parquet is being deleted. The commit log's head"
                + " is commit 1 (00000000-0000-0063-0000-000000000001, checkpoint 1 of job first)."
                + " Start it from checkpoint or savepoint 1 of job first, or from a later one of that"
                + " job after which nothing was committed; or give its state up: start the job without"
                + " state and with --take-over, which goes on from the ledger's offsets");
    Files.delete(archive.resolve(file.file().path()));
    fixture.database.execute("DELETE FROM weir.file_to_delete");
    assertThatExceptionOfType(CommitRefusedException.class)
        .isThrownBy(() -> job.recommit(two))
        .satisfies(e -> assertThat(e.reason()).isEqualTo(Reason.FILE_DAMAGED))
        .withMessageContaining("should have 10 bytes, but is missing")
        .withMessageEndingWith(
            "If a rewind has removed this commit, the file is gone on purpose: start the job from the"
                + " checkpoint of the commit log's head instead");
    assertThat(fixture.head()).startsWith("1 ");
  }

  /**
   * Its parent is the head again, and nothing of it was removed that it would count twice: it is
   * accepted, and the state that holds it goes on after it.
   */
  @Test
  void aRemovedCommitWithoutFilesIsMadeOnceMore() throws Exception {
    EpochGatherer duplicates = new EpochGatherer(fixture.pipeline);
    Committable again = duplicates.toCommittable(new UUID(9, 2), one.uuid(), 1, "first", 2);
    PostgresCommitLog job = fixture.job("second");
    job.recommit(again);
    assertThat(fixture.head()).isEqualTo("4 " + again.uuid() + " 2 4");
    assertThat(job.claim(new Claim(again.uuid(), 2, Start.RESTORED))).isEqualTo(3);
  }

  @Test
  void aTakeOverGoesOnFromTheOffsetsOfTheCommit() throws Exception {
    StartingPoint point = CommitLogReader.startingPoint(fixture.address());
    assertThat(point.head()).isEqualTo(one.uuid());
    assertThat(point.offsets()).containsExactlyInAnyOrderElementsOf(one.offsets());
    PostgresCommitLog other = fixture.job("other");
    other.claim(new Claim(point.head(), 0, Start.TAKE_OVER));
    other.commit(fixture.committable("other", point.head(), 2));
    assertThat(fixture.head()).startsWith("4 ");
  }

  @Test
  void itsLateLiveFlushIsNotShown() {
    CubeTables tables = CubeTables.of(fixture.pipeline, fixture.pipeline.cubes().get(0));
    String shown =
        "SELECT coalesce(sum(l.event_count), 0) FROM "
            + tables.liveTable()
            + " l JOIN weir.live_writer USING (writer), weir.head WHERE l.base >= head.live_base";
    fixture.database.execute(
        ("INSERT INTO %s (writer, base, seq, series, event_hour, bucket, event_count, value_count,"
                + " value_sum) VALUES ('%s', 3, 1, '%s', now(), now(), 1, 0, 0)")
            .formatted(tables.liveTable(), WRITER, WRITER));
    assertThat(fixture.database.queryLong("SELECT count(*) FROM " + tables.liveTable()))
        .isEqualTo(1);
    assertThat(fixture.database.queryLong(shown)).isZero();
  }

  private String content() {
    return fixture.database.query("SELECT h::text FROM weir.head h")
        + fixture.database.query("SELECT string_agg(l::text, ' ') FROM weir.ledger l")
        + fixture.database.query("SELECT string_agg(w::text, ' ') FROM weir.live_writer w");
  }
}
