package dev.weir.batch;

import static dev.weir.batch.DamageFixture.EIGHT;
import static dev.weir.batch.DamageFixture.NINE;
import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Ledger, manifest and coverage altered by hand: found, named, restored; no row is recomputed. */
class LogDamageITCase {
  @TempDir Path archive;
  private DamageFixture fixture;

  /** What is done to rows of commit 3, and what is said of it. Commit 3 brought events of 10:00. */
  enum OfCommit {
    LEDGER_ROW_DELETED(
        "DELETE FROM weir.ledger WHERE commit = 3",
        "the row of weir.ledger is missing; the journal has {\"uuid\":",
        "the row of weir.ledger_source clicks is missing"),
    LEDGER_ROW_CHANGED(
        "UPDATE weir.ledger SET checkpoint = 99 WHERE commit = 3",
        "the row of weir.ledger was changed: it is "),
    COUNTER_CHANGED(
        "UPDATE weir.ledger_source SET counted = counted + 1, records_in = records_in + 1"
            + " WHERE commit = 3 AND source = 'clicks'",
        "the row of weir.ledger_source clicks was changed"),
    COUNTER_DELETED(
        "DELETE FROM weir.ledger_source WHERE commit = 3 AND source = 'orders'",
        "the row of weir.ledger_source orders is missing"),
    COUNTER_ADDED(
        "INSERT INTO weir.ledger_source VALUES (3, 'forged', 5, 5, 0, 0, 0)",
        "the row of weir.ledger_source forged is not in the journal"),
    OFFSET_ADDED(
        "INSERT INTO weir.ledger_offset VALUES (3, 'clicks', 'clicks', 7, 5)",
        "the row of weir.ledger_offset clicks clicks 7 is not in the journal"),
    DEAD_LETTERS_ADDED(
        "INSERT INTO weir.dead_letter_count VALUES (3, 'clicks', 'forged', 2)",
        "the row of weir.dead_letter_count clicks forged is not in the journal"),
    FILE_DELETED(
        "DELETE FROM weir.archive_file WHERE file_id ="
            + " (SELECT min(file_id) FROM weir.archive_file WHERE commit = 3)",
        "the row of weir.archive_file arrivals/2026-03-01/"),
    FILE_CHANGED(
        "UPDATE weir.archive_file SET bytes = bytes + 1, row_count = row_count - 1 WHERE file_id ="
            + " (SELECT min(file_id) FROM weir.archive_file WHERE commit = 3)",
        "the row of weir.archive_file arrivals/2026-03-01/"),
    FILE_RENAMED(
        "UPDATE weir.archive_file SET path = path || '.old' WHERE file_id ="
            + " (SELECT min(file_id) FROM weir.archive_file WHERE commit = 3)",
        ".parquet.old is not in the journal"),
    FILE_ADDED(
        "INSERT INTO weir.archive_file (path, kind, bytes, row_count, commit)"
            + " VALUES ('arrivals/forged.parquet', 'arrivals', 5, 5, 3)",
        "the row of weir.archive_file arrivals/forged.parquet is not in the journal"),
    LINE_DELETED(
        "DELETE FROM weir.archive_manifest WHERE file_id ="
            + " (SELECT min(file_id) FROM weir.archive_file WHERE commit = 3)",
        "ledger: event hour 2026-03-01T10:00:00Z: commit 3 the row of weir.archive_manifest"),
    LINE_CHANGED(
        "UPDATE weir.archive_manifest SET row_count = row_count - 1 WHERE file_id ="
            + " (SELECT min(file_id) FROM weir.archive_file WHERE commit = 3)",
        "ledger: event hour 2026-03-01T10:00:00Z: commit 3 the row of weir.archive_manifest"),
    LINE_ADDED(
        "INSERT INTO weir.archive_manifest SELECT file_id, '2026-03-01T07:00Z', 5, 5"
            + " FROM weir.archive_file WHERE commit = 3",
        "ledger: event hour 2026-03-01T07:00:00Z: commit 3 the row of weir.archive_manifest"),
    JOURNAL_DELETED(
        "DELETE FROM weir.journal WHERE commit = 3",
        "commit 3 the journal has no entry of this commit");

    private final String sql;

    /** One finding a line. */
    private final String said;

    OfCommit(String sql, String... said) {
      this.sql = sql;
      this.said = String.join("\n", said);
    }
  }

  /** What is done to what the batch layer and the head note, and what is said of it. */
  enum Elsewhere {
    HEAD_MOVED("UPDATE weir.head SET commit = 2", "head is commit 2, "),
    COMMIT_ADDED(
        "SET session_replication_role = replica;" // no trigger asks for a journal entry
            + "INSERT INTO weir.ledger (commit, uuid, parent, attempt, job_id, checkpoint)"
            + " SELECT 9, gen_random_uuid(), uuid, 1, 'forged', 9 FROM weir.head;"
            + "RESET session_replication_role",
        "commit 9 the journal has no entry of this commit"),
    FILE_OF_NO_COMMIT(
        "INSERT INTO weir.archive_file (path, kind, bytes, row_count, commit)"
            + " VALUES ('arrivals/forged.parquet', 'arrivals', 5, 5, 77)",
        "commit 77 arrivals/forged.parquet is listed by this commit, which neither ledger nor"),
    COMPACTION_LINE_DELETED(
        "DELETE FROM weir.archive_manifest m USING weir.archive_file f WHERE f.file_id = m.file_id"
            + " AND f.kind = 'hours' AND m.event_hour = '2026-03-01T09:00Z'",
        "event hour 2026-03-01T09:00:00Z: compaction of version 1 the manifest lists 0 rows"),
    COMPACTION_LINE_CHANGED(
        "UPDATE weir.archive_manifest m SET hash_sum = 5 FROM weir.archive_file f"
            + " WHERE f.file_id = m.file_id AND f.kind = 'hours'"
            + " AND m.event_hour = '2026-03-01T09:00Z'",
        "event hour 2026-03-01T09:00:00Z: compaction of version 1 the manifest lists 100 rows"),
    COMPACTED_FILE_UNLISTED(
        "DELETE FROM weir.archive_file WHERE path LIKE 'hours/%event_hour=09/v1-0.parquet'",
        "event hour 2026-03-01T09:00:00Z: compaction of version 1 the manifest lists 0 rows"),
    COMPACTION_SAID_TO_HOLD_MORE(
        "UPDATE weir.compacted_hour SET absorbed_through = 3"
            + " WHERE event_hour = '2026-03-01T09:00Z'",
        "event hour 2026-03-01T09:00:00Z: weir.compacted_hour version 1 is said to hold"),
    COVERAGE_SAID_TO_HOLD_MORE(
        "UPDATE weir.coverage SET absorbed_through = 3 WHERE event_hour = '2026-03-01T09:00Z'",
        "event hour 2026-03-01T09:00:00Z: weir.coverage of cube 'traffic' serves version 1,"
            + " absorbed through commit 3"),
    COVERAGE_DELETED(
        "DELETE FROM weir.coverage WHERE event_hour = '2026-03-01T09:00Z'",
        "event hour 2026-03-01T09:00:00Z: weir.coverage of cube 'routes' serves version 0"),
    HISTORY_DELETED(
        "DELETE FROM weir.coverage_history WHERE event_hour = '2026-03-01T09:00Z'",
        "event hour 2026-03-01T09:00:00Z: weir.coverage of cube 'routes' serves version 1"),
    COVERAGE_AND_HISTORY_CHANGED(
        "WITH c AS (UPDATE weir.coverage SET absorbed_through = 3) "
            + "UPDATE weir.coverage_history SET absorbed_through = 3",
        "absorbed through 3, whose run absorbed through 1"),
    HOURS_OVERLOOKED(
        "UPDATE weir.cube SET absorbed_through = 3 WHERE cube = 'routes'",
        "weir.cube of cube 'routes' is said to have absorbed every commit up to 3");

    private final String sql;
    private final String said;

    Elsewhere(String sql, String said) {
      this.sql = sql;
      this.said = said;
    }
  }

  @BeforeEach
  void start() throws Exception {
    fixture = new DamageFixture(archive, 7);
  }

  @AfterEach
  void stop() {
    fixture.close();
  }

  @ParameterizedTest
  @EnumSource
  void commit(OfCommit harm) throws Exception {
    String before = log("f.kind <> 'hours'");
    fixture.runs.database.execute(harm.sql);
    fixture.assertFound(harm.said.split("\n", -1));

    RunSummary run = fixture.runs.run();

    assertThat(run.succeeded()).isFalse();
    assertThat(run.problems()).first().asString().startsWith("commit 3: ");
    assertThat(run.problems())
        .filteredOn(p -> p.contains("held back"))
        .singleElement()
        .asString()
        .startsWith("event hour")
        .contains("2026-03-01T10:00:00Z")
        .endsWith(
            "not published: commit 3 is not what the journal says; held back until 'weir repair' has"
                + " restored it");
    assertThat(run.hours()).singleElement().matches(hour -> hour.hour().equals(NINE));
    assertThat(run.published()).isEqualTo(1);
    assertThat(
            fixture.runs.database.query(
                "SELECT string_agg(DISTINCT absorbed_through::text, ' ') FROM weir.cube"))
        .isEqualTo("1");
    Map<String, String> eight = fixture.rowsOf(EIGHT);
    Map<String, String> nine = fixture.rowsOf(NINE);

    String repaired = fixture.assertRepaired();

    assertThat(repaired)
        .containsSubsequence("Found ", ":\n! ledger: ", "What was done:\n  ", "Verified again. ")
        .contains("commit 3")
        .doesNotContain("recomputed");
    assertThat(log("f.kind <> 'hours'")).isEqualTo(before);
    assertThat(fixture.rowsOf(EIGHT)).isEqualTo(eight);
    assertThat(fixture.rowsOf(NINE)).isEqualTo(nine);
    assertThat(fixture.runs.run().hours()).hasSize(1);
    fixture.assertGoesOn();
  }

  @ParameterizedTest
  @EnumSource
  void elsewhere(Elsewhere harm) throws Exception {
    String before = log("true");
    fixture.runs.database.execute(harm.sql);

    fixture.assertFound(harm.said);
    String repaired = fixture.assertRepaired();

    assertThat(repaired)
        .startsWith("Found ")
        .endsWith("Verified again. Nothing of the layers is damaged.\n")
        .doesNotContain("recomputed");
    assertThat(log("true")).isEqualTo(before);
    fixture.assertGoesOn();
  }

  @Test
  void aCommitThatNothingKnowsAnyMoreIsSaidToBeMissing() throws Exception {
    fixture.runs.database.execute("DELETE FROM weir.ledger WHERE commit = 2");
    fixture.runs.database.execute("DELETE FROM weir.journal WHERE commit = 2");

    fixture.assertFound("commit 3 its parent is ", "missing from ledger and journal");
    assertThat(fixture.runs.repair().succeeded()).isFalse();
  }

  /** Everything that ledger, journal, head and manifest say, the latter of these files. */
  private String log(String files) {
    return fixture.runs.database.query(
        """
        SELECT concat_ws(E'\\n',
          (SELECT string_agg(concat_ws(' ', commit, weir.journal_entry(commit)), E'\\n' ORDER BY commit)
           FROM weir.ledger),
          (SELECT string_agg(j::text, E'\\n' ORDER BY commit) FROM weir.journal j),
          (SELECT h::text FROM weir.head h),
          (SELECT string_agg(concat_ws(' ', path, f.row_count, bytes, event_hour, m.row_count, hash_sum, deleted_at),
             E'\\n' ORDER BY path, event_hour)
           FROM weir.archive_file f LEFT JOIN weir.archive_manifest m USING (file_id)
           WHERE %s),
          (SELECT string_agg(concat_ws(' ', cube, absorbed_through), E'\\n' ORDER BY cube) FROM weir.cube))
        """
            .formatted(files));
  }
}
