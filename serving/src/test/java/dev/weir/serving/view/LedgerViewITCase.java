package dev.weir.serving.view;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.db.SamplePipeline;
import dev.weir.db.TestDatabase;
import dev.weir.event.Event;
import dev.weir.event.RandomEvents;
import dev.weir.pipeline.Pipeline;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Freshness, reconciliation, sealed hours, conservation and dead letters. */
class LedgerViewITCase {
  private final Pipeline pipeline = SamplePipeline.web();
  private ServedLog log;
  private TestDatabase database;

  @BeforeEach
  void migrate() {
    log = new ServedLog(pipeline);
    database = log.database();
  }

  @AfterEach
  void drop() {
    log.close();
  }

  @Test
  void freshnessFollowsHeadAndCoverage() {
    assertThat(freshness()).isEqualTo("live:null:null committed:0:null reconciled:null:null");

    RandomEvents random = new RandomEvents(pipeline, 5).lateShare(0);
    List<Event> first = random.list(50);
    log.commit(1, 1, first);
    log.commit(2, 2, random.list(50));
    log.write(1, 1, first);
    log.publish(1, 1, first);

    assertThat(freshness())
        .as("a range was recomputed; other hours may lack commit 1")
        .isEqualTo("live:null:null committed:2:0 reconciled:0:2");

    database.execute("UPDATE weir.cube SET absorbed_through = 1");
    assertThat(freshness()).isEqualTo("live:null:null committed:2:0 reconciled:1:1");
    assertThat(
            database.query(
                "SELECT (newest_event_time = (SELECT max_event_time FROM weir.ledger WHERE commit = 1))::text"
                    + " FROM serving.freshness WHERE part = 'reconciled'"))
        .isEqualTo("true");
  }

  @Test
  void freshnessShowsALiveEventThatLiesAheadOfTheClock() {
    UUID writer = new UUID(1, 1);
    log.register(writer);
    log.live(writer, 0, new RandomEvents(pipeline, 5).lateShare(0).list(1));
    assertThat(newestLive()).startsWith("20");
    database.execute("UPDATE " + log.tables().liveTable() + " SET bucket = '2199-03-01T10:00Z'");

    assertThat(newestLive()).isEqualTo("2199-03-01 10:00:00 not known");
  }

  private String newestLive() {
    return database.query(
        "SELECT concat_ws(' ', newest_event_time AT TIME ZONE 'UTC', coalesce(lag::text, 'not known')) FROM serving.freshness"
            + " WHERE part = 'live'");
  }

  @Test
  void reconciliationSaysWhetherBothViewsAgree() {
    database.execute(
        "INSERT INTO weir.batch_run (kind, state, through_commit) VALUES ('run', 'published', 3), ('run', 'failed', 4)");
    database.execute(
        """
        INSERT INTO weir.reconciliation (version, check_name, subject, agrees, compared) VALUES
          (1, 'speed-equals-archive', 'traffic', true, 40), (1, 'speed-equals-archive', 'routes', true, 2),
          (1, 'archive-complete', 'a.parquet', true, 99), (2, 'speed-equals-archive', 'traffic', false, 7)""");

    assertThat(
            database.query(
                "SELECT string_agg(concat_ws(' ', version, agrees, keys_compared, checks, disagreements), ', ' ORDER BY version)"
                    + " FROM serving.reconciliation"))
        .isEqualTo("1 t 42 3 0, 2 f 7 1 1");
    assertThat(
            database.query(
                "SELECT string_agg(concat_ws(' ', kind, compared), ', ' ORDER BY version)"
                    + " FROM serving.reconciliation"))
        .isEqualTo("run 141, run 7");
  }

  @Test
  void aDisagreementOfARunHoldsUntilTheHourIsPublishedOrTheSameAgrees() {
    run(1, "run", "published", null);
    check(1, "archive-complete", "a.parquet", "10:00", false);
    check(1, "archive-complete", "b.parquet", "11:00", false);
    check(1, "conservation", "clicks", null, false);
    assertThat(disagreements()).isEqualTo("1 a.parquet, 1 b.parquet, 1 clicks");

    run(2, "run", "published", null);
    check(2, "archive-complete", "a.parquet", "10:00", true);
    check(2, "conservation", "clicks", null, true);
    assertThat(disagreements()).isEqualTo("1 b.parquet");

    database.execute(
        "INSERT INTO weir.coverage (cube, definition_hash, event_hour, version, absorbed_through)"
            + " SELECT cube, definition_hash, '2026-03-01T11:00Z', 2, 0 FROM weir.cube WHERE current");
    assertThat(disagreements()).isNull();
  }

  @Test
  void whatAVerifyFoundHoldsUntilARepairOrVerifyOfThatHour() {
    run(1, "verify", "failed", null);
    check(1, "rows-unaltered", "batch.traffic", "10:00", false);
    check(1, "rows-unaltered", "speed.traffic", "11:00", false);
    check(1, "ledger", "commit 3", null, false);
    run(2, "run", "published", null);
    check(2, "rows-unaltered", "batch.traffic", "10:00", true);
    assertThat(disagreements()).isEqualTo("1 batch.traffic, 1 speed.traffic, 1 commit 3");

    run(3, "verify", "verified", "11:00");
    check(3, "ledger", "5 commits", null, true);
    assertThat(disagreements()).isEqualTo("1 batch.traffic");

    run(4, "repair", "failed", null);
    check(4, "rows-unaltered", "batch.traffic", "10:00", false);
    assertThat(disagreements()).isEqualTo("4 batch.traffic");

    run(5, "repair", "published", null);
    check(5, "rows-unaltered", "batch.traffic", "10:00", false);
    assertThat(disagreements()).as("mended").isNull();
    database.execute(
        "UPDATE weir.batch_run SET message = '1 could not be repaired' WHERE version = 5");
    assertThat(disagreements()).isEqualTo("5 batch.traffic");
  }

  @Test
  void ofARepairThatLeftSomethingOnlyThatHolds() {
    run(1, "repair", "published", null);
    check(1, "rows-unaltered", "batch.traffic", "10:00", false);
    check(1, "rows-unaltered", "batch.traffic", "11:00", false);
    check(1, "archive-complete", "a.parquet", "10:00", false);
    database.execute("UPDATE weir.batch_run SET message = '2 damages could not be repaired'");
    check(1, "rows-unaltered", "batch.traffic", "11:00", true);
    assertThat(disagreements()).isEqualTo("1 a.parquet, 1 batch.traffic");
  }

  @Test
  void anInterruptedVerifySettlesNothing() {
    run(1, "verify", "failed", null);
    check(1, "ledger", "commit 3", null, false);
    run(2, "verify", "failed", null);
    assertThat(disagreements()).isEqualTo("1 commit 3");
  }

  @Test
  void sealedHoursSayWhy() {
    database.execute(
        "INSERT INTO weir.sealed_hour (event_hour, reason, detail)"
            + " VALUES ('2026-03-01T10:00Z', 'damaged', 'a.parquet is missing')");
    assertThat(
            database.query(
                "SELECT concat_ws(' ', extract(hour FROM event_hour AT TIME ZONE 'UTC'), reason, detail)"
                    + " FROM serving.sealed_hours"))
        .isEqualTo("10 damaged a.parquet is missing");
  }

  /** Adds a run that has ended; of all event hours or of one, on 2026-03-01. */
  private void run(int version, String kind, String state, String hour) {
    String from = hour == null ? "NULL::timestamptz" : "timestamptz '2026-03-01T" + hour + "Z'";
    database.execute(
        "INSERT INTO weir.batch_run (version, kind, state, through_commit, finished_at, from_hour, to_hour)"
            + " OVERRIDING SYSTEM VALUE VALUES (%d, '%s', '%s', 0, now(), %s, %s + interval '1 hour')"
                .formatted(version, kind, state, from, from));
  }

  private void check(int version, String name, String subject, String hour, boolean agrees) {
    database.execute(
        "INSERT INTO weir.reconciliation (version, check_name, subject, event_hour, agrees, compared)"
            + " VALUES (%d, '%s', '%s', %s, %s, 1)"
                .formatted(
                    version,
                    name,
                    subject,
                    hour == null ? "NULL" : "'2026-03-01T" + hour + "Z'",
                    agrees));
  }

  private String disagreements() {
    return database.query(
        "SELECT string_agg(version || ' ' || subject, ', ' ORDER BY event_hour, subject)"
            + " FROM serving.disagreements");
  }

  @Test
  void conservationAndDeadLettersAddUpCommits() {
    RandomEvents random = new RandomEvents(pipeline, 5);
    log.commit(1, 1, random.list(5));
    log.commit(2, 2, random.list(5));
    database.execute(
        "INSERT INTO weir.ledger_source VALUES (1, 'clicks', 10, 6, 1, 2, 1), (2, 'clicks', 5, 4, 0, 1, 0)");
    database.execute(
        "INSERT INTO weir.dead_letter_count VALUES (1, 'clicks', 'BAD_TIME', 2), (2, 'clicks', 'BAD_TIME', 1)");
    database.execute(
        """
        INSERT INTO weir.dead_letter_sample VALUES
          (1, 'clicks', 'clicks', 0, 7, '2026-03-01T10:00:00Z', 'BAD_TIME', 'old', 'old'),
          (2, 'clicks', 'clicks', 0, 9, '2026-03-01T10:01:00Z', 'BAD_TIME', 'not a time', '\\x6100ff')""");

    assertThat(
            database.query(
                "SELECT concat_ws(' ', source, records_in, counted, duplicate, dead_lettered, filtered, holds) FROM serving.conservation"))
        .isEqualTo("clicks 15 10 1 3 1 t");
    assertThat(
            database.query(
                "SELECT concat_ws(' ', source, reason, records, last_commit, \"offset\", detail, sample) FROM serving.dead_letters"))
        .isEqualTo("clicks BAD_TIME 3 2 9 not a time a\\000\\377");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "53c3a36f205c5c2050 | 20 | São \\\\ P",
        "61e282ac62 | 4 | a€",
        "61e282acff | 4 | a€",
        "6161e282ac | 4 | aa",
        "61e282 | 4 | a\\342\\202",
        "6100ff | 4 | a\\000\\377",
        "6162 | 4 | ab",
        "616263ff64 | 4 | abc\\377",
        "61808080808080 | 4 | a\\200\\200\\200",
        "6162808080 | 4 | ab\\200\\200",
        "f09f98806161 | 4 | 😀",
        "61f09f9880 | 4 | a",
      })
  void aSampleIsShownAsTheTextThatItIs(String hex, int most, String shown) {
    assertThat(database.query("SELECT weir.readable('\\x" + hex + "', " + most + ")"))
        .isEqualTo(shown);
  }

  private String freshness() {
    return database.query(
        "SELECT string_agg(part || ':' || coalesce(commit::text, 'null') || ':' || coalesce(nullif(commits_behind, 0)::text,"
            + " CASE WHEN commit > 0 THEN '0' ELSE 'null' END), ' ' ORDER BY array_position(ARRAY['live', 'committed', 'reconciled'], part))"
            + " FROM serving.freshness");
  }
}
