package dev.weir.batch;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.db.CubeTables;
import dev.weir.event.Event;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Going back to an earlier commit, whatever the batch layer has made of the later ones. */
class RewindITCase extends PlayedLogCase {
  RewindITCase() {
    super(31);
  }

  @Test
  void commitsThatNoRunHasAbsorbed() throws Exception {
    for (int i = 0; i < 4; i++) {
      commit(EIGHT);
    }
    fixture.database.execute("INSERT INTO weir.live_writer VALUES (gen_random_uuid(), 1)");

    Answer answer = fixture.rewind(2);

    assertThat(answer.succeeded()).isTrue();
    assertThat(answer.text())
        .isEqualTo(
            """
            Rewound to commit 2: 2 commits were removed, the last of them 4.
            Event hours served by an earlier version again: 0; recomputed: 0.
            The speed layer can go on from checkpoint or savepoint 2 of job job; if that is gone, without state and with --take-over.
            """);
    log.assertSound();
    assertThat(text("SELECT commit, uuid, live_base, last_commit, attempt, job_id FROM weir.head"))
        .isEqualTo("(2,00000000-0000-0001-0000-000000000002,2,4,1,)");
    assertThat(text("SELECT commit FROM weir.ledger")).isEqualTo("(1) (2)");
    assertThat(text("SELECT DISTINCT commit FROM weir.archive_file")).isEqualTo("(1) (2)");
    assertThat(text("SELECT writer FROM weir.live_writer")).isNull();
    for (String path : fixture.speed.paths().subList(4, 8)) {
      assertThat(archive.resolve(path)).doesNotExist();
    }
    for (String path : fixture.speed.paths().subList(0, 4)) {
      assertThat(archive.resolve(path)).exists();
    }
    assertThat(fixture.run().problems()).isEmpty();
    fixture.assertBatchRows(committed());
  }

  @Test
  void aRetainedVersionIsServedAgain() throws Exception {
    commit(EIGHT);
    fixture.run();
    commit(EIGHT);
    fixture.run();
    fixture.database.execute("UPDATE weir.cube SET complete_through = 1");
    steps.clear();

    Answer answer = fixture.rewind(1);

    assertThat(answer.text())
        .contains("Event hours served by an earlier version again: 1; recomputed: 0.");
    assertThat(steps)
        .containsExactly("selecting event hours", "removing commits", "deleting files");
    assertThat(text("SELECT DISTINCT version, absorbed_through FROM weir.coverage_history"))
        .isEqualTo("(1,1)");
    assertThat(
            text("SELECT DISTINCT absorbed_through, since_commit, complete_through FROM weir.cube"))
        .as("no commit is lacking that is gone")
        .isEqualTo("(1,0,)");
    assertThat(text("SELECT event_hour FROM weir.compacted_hour")).isNull();
    log.assertSound();
    fixture.assertBatchRows(committed());
    assertThat(archive.resolve("hours/event_date=2026-03-01/event_hour=08").toFile().list())
        .isEmpty();
    commit(EIGHT);
    assertThat(fixture.run().problems()).isEmpty();
    fixture.assertBatchRows(committed());
    log.assertSound();
  }

  @Test
  void commitsBetweenTheRetainedVersionAndTheTargetAreAbsorbedByTheNextRun() throws Exception {
    commit(EIGHT);
    fixture.run();
    commit(EIGHT);
    commit(EIGHT);
    fixture.run();

    fixture.rewind(2);

    assertThat(text("SELECT DISTINCT version, absorbed_through FROM weir.coverage"))
        .isEqualTo("(1,1)");
    log.assertSound();
    RunSummary run = fixture.run();
    assertThat(run.problems()).isEmpty();
    assertThat(run.published()).isEqualTo(1);
    fixture.assertBatchRows(committed());
    log.assertSound();
  }

  @Test
  void hoursWithoutARetainedVersionAreRecomputed() throws Exception {
    commit(EIGHT);
    commit(EIGHT);
    commit(NINE);
    fixture.run();
    steps.clear();

    Answer answer = fixture.rewind(1);

    assertThat(answer.text())
        .contains("Event hours served by an earlier version again: 0; recomputed: 1.");
    assertThat(steps).contains("recomputing 1 event hour");
    assertThat(
            text(
                "SELECT DISTINCT event_hour = '2026-03-01T08:00Z', version, absorbed_through FROM weir.coverage_history"))
        .isEqualTo("(t,2,1)");
    assertThat(text("SELECT version, absorbed_through FROM weir.compacted_hour"))
        .isEqualTo("(2,1)");
    assertThat(
            text("SELECT kind, state, through_commit, hours FROM weir.batch_run WHERE version = 2"))
        .isEqualTo("(rewind,published,1,1)");
    log.assertSound();
    fixture.assertBatchRows(committed());
    commit(NINE);
    commit(EIGHT);
    assertThat(text("SELECT commit FROM weir.ledger")).isEqualTo("(1) (4) (5)");
    assertThat(fixture.run().problems()).isEmpty();
    fixture.assertBatchRows(committed());
    log.assertSound();
  }

  @Test
  void oneCubeIsRecomputedWhereOnlyItNeedsToBe() throws Exception {
    commit(EIGHT);
    fixture.run();
    commit(EIGHT);
    fixture.run();
    fixture.database.execute(
        "DELETE FROM weir.coverage_history WHERE cube = 'routes' AND version = 1");
    CubeTables routes = CubeTables.of(fixture.pipeline(), fixture.pipeline().cubes().get(1));
    for (String table : List.of(routes.batchMinuteTable(), routes.batchHourTable())) {
      fixture.database.execute("DELETE FROM " + table + " WHERE version = 1");
    }
    fixture.database.execute(
        "DELETE FROM weir.row_digest WHERE cube = 'routes' AND tag = 1 AND layer <> 'speed'");

    Answer answer = fixture.rewind(1);

    assertThat(answer.text())
        .contains("Event hours served by an earlier version again: 0; recomputed: 1.");
    assertThat(text("SELECT cube, version, absorbed_through FROM weir.coverage"))
        .isEqualTo("(routes,3,1) (traffic,1,1)");
    log.assertSound();
    fixture.assertBatchRows(committed());
  }

  @Test
  void backToTheEmptyLog() throws Exception {
    commit(EIGHT);
    fixture.run();
    commit(EIGHT);

    Answer answer = fixture.rewind(0);

    assertThat(answer.text())
        .startsWith("Rewound to the empty log: 2 commits were removed")
        .endsWith("\nA speed layer that is started without state reads everything anew.\n");
    assertThat(text("SELECT commit, uuid, live_base, last_commit FROM weir.head"))
        .isEqualTo("(0,00000000-0000-0000-0000-000000000000,0,2)");
    assertThat(text("SELECT cube FROM weir.coverage")).isNull();
    log.assertSound();
    commit(EIGHT);
    assertThat(fixture.run().problems()).isEmpty();
    fixture.assertBatchRows(committed());
    assertThat(text("SELECT commit FROM weir.ledger")).isEqualTo("(3)");
  }

  @Test
  void anAbandonedTimelineReplayedNeverDoubles() throws Exception {
    List<List<Event>> sent = new ArrayList<>();
    for (int i = 0; i < 6; i++) {
      sent.add(stream.eventsOf(i % 2 == 0 ? EIGHT : NINE, 100));
      fixture.speed.commit(sent.get(i));
      if (i == 1 || i == 3) {
        fixture.run();
      }
    }
    String total = new ServedView(fixture.database, fixture.pipeline()).total();
    AtomicBoolean done = new AtomicBoolean();
    CountDownLatch answered = new CountDownLatch(1);
    CompletableFuture<List<Long>> answers =
        CompletableFuture.supplyAsync(
            () -> {
              List<Long> seen = new ArrayList<>();
              while (!done.get()) {
                seen.add(fixture.database.queryLong(total));
                answered.countDown();
              }
              return seen;
            });
    try {
      assertThat(answered.await(1, TimeUnit.MINUTES)).isTrue();
      fixture.rewind(3);
    } finally {
      done.set(true);
    }
    assertThat(answers.get()).allMatch(answer -> answer == 600 || answer == 300);
    assertThat(answers.get()).isSortedAccordingTo((a, b) -> Long.compare(b, a));
    log.assertSound();
    for (int i = 3; i < 6; i++) {
      fixture.speed.commit(sent.get(i));
      assertThat(fixture.database.queryLong(total)).isEqualTo(100L * (i + 1));
      log.assertSound();
      assertThat(fixture.run().problems()).isEmpty();
      assertThat(fixture.database.queryLong(total)).isEqualTo(100L * (i + 1));
      fixture.assertBatchRows(committed());
    }
    assertThat(text("SELECT commit FROM weir.ledger")).isEqualTo("(1) (2) (3) (7) (8) (9)");
  }
}
