package dev.weir.serving.report;

import static dev.weir.serving.report.ReportStage.DUE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;

/** What becomes of a run whose process ended or broke, and of what it left behind. */
@ExtendWith(ReportStage.Shared.class)
class ReportRecoveryITCase {
  private final ReportStage stage;

  ReportRecoveryITCase(ReportStage stage) {
    this.stage = stage;
  }

  @BeforeEach
  void begin() throws Exception {
    stage.begin();
    stage.committedThroughTheDay();
    stage.clock.set(DUE);
  }

  @Test
  void aRunWhoseProcessEndedIsTakenOver() throws Exception {
    ClaimedRun claimed = stage.claimed();
    try (claimed) {
      ReportStage.desk(stage.other).runDue();
      assertThat(stage.state()).as("somebody works on it").isEqualTo("running");
      assertThat(claimed.run().attempts()).isEqualTo(1);
    }
    stage.end(claimed);
    ReportStage.desk(stage.other).runDue();

    assertThat(stage.state()).isEqualTo("delivered");
    assertThat(stage.run().get("attempts").asInt()).isEqualTo(2);
    assertThat(stage.database.queryLong("SELECT failures FROM weir.report_run")).isEqualTo(1);
  }

  @Test
  void aRunThatEndsEveryProcessIsGivenUp() throws Exception {
    stage.end(stage.claimed());
    stage.runs().recover();
    int ends = 1;
    while (stage.state().equals("failed") && ends < 100) {
      stage.clock.forward(Duration.ofHours(1));
      stage.end(stage.runs().claim(List.of("daily")).orElseThrow());
      stage.runs().recover();
      ends++;
    }

    assertThat(stage.state()).isEqualTo("given_up");
    assertThat(ends).isEqualTo(27);
    assertThat(stage.run().get("message").asString())
        .isEqualTo("the process that made it ended before it was done");
  }

  @Test
  void aRunThatEndedAProcessTwiceIsMadeAgainLater() throws Exception {
    stage.end(stage.claimed());
    stage.runs().recover();
    stage.end(stage.runs().claim(List.of("daily")).orElseThrow());
    stage.runs().recover();

    assertThat(stage.run().get("next_attempt_at").asString())
        .isEqualTo(DUE.plus(Duration.ofMinutes(1)).toString());
  }

  @Test
  void aMessageThatTheServerMayHaveIsNotSentAgain() throws Exception {
    ClaimedRun claimed = stage.claimed();
    claimed.become(claimed.run().with(ReportRun.State.SENDING, null, null));
    stage.end(claimed);
    ReportStage.desk(stage.other).runDue();

    assertThat(stage.state()).isEqualTo("unknown");
    assertThat(stage.run().get("message").asString())
        .contains("the process ended before the mail server answered");
    assertThat(stage.mail.getReceivedMessages()).isEmpty();
  }

  @Test
  void whoLostItsClaimChangesNothing() throws Exception {
    try (ClaimedRun claimed = stage.claimed()) {
      stage.database.execute("UPDATE weir.report_run SET attempts = attempts + 1");

      assertThatThrownBy(
              () -> claimed.become(claimed.run().with(ReportRun.State.SENDING, null, null)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("was claimed by another process meanwhile");
    }
  }

  @Test
  void anErrorIsAFailureOfItsReportOnly() throws Exception {
    Report big = stage.report("big", "daily at 06:00", "Europe/Berlin");
    ReportDesk desk =
        new ReportDesk(
            List.of(big),
            stage.runs(),
            stage.delivery(),
            report -> {
              throw new OutOfMemoryError("made by a test");
            },
            stage.clock);
    stage.clock.set(ReportStage.START);
    desk.runDue();
    stage.clock.set(DUE);
    desk.runDue();

    assertThat(stage.runsByDueTime()).isEqualTo("big 03-02 05:00 failed");
    assertThat(stage.database.query("SELECT message FROM weir.report_run"))
        .isEqualTo("java.lang.OutOfMemoryError: made by a test");
  }

  @Test
  void oldRunsAreForgotten() throws Exception {
    ReportStage.desk(stage.one).runDue();
    for (int days : List.of(399, 401)) {
      for (String state : List.of("delivered", "given_up", "unknown", "running")) {
        stage.database.execute(
            "INSERT INTO weir.report_run (report, due_at, asked, range_from, range_to, state, updated_at)"
                + " SELECT '"
                + state
                + "', at, false, at - interval '1 day', at, '"
                + state
                + "', at FROM (SELECT '2026-03-02T05:00Z'::timestamptz - interval '"
                + days
                + " days' AS at) AS old");
      }
    }
    stage.desk(stage.report("daily", "daily at 06:00", "Europe/Berlin")).runDue();

    assertThat(
            stage.database.query(
                "SELECT string_agg(report, ' ' ORDER BY due_at, report) FROM weir.report_run"))
        .isEqualTo("running delivered given_up running unknown daily");
  }

  @Test
  void whatEndedProcessesLeftIsDeleted() throws Exception {
    String unfinished = ".daily_2026-02-27.pdf." + UUID.randomUUID() + ".tmp";
    String young = ".daily_2026-03-01.pdf." + UUID.randomUUID() + ".tmp";
    Instant old = DUE.minus(Duration.ofHours(25));
    Path temporary = Path.of(System.getProperty("java.io.tmpdir"));
    Path made = Files.createTempDirectory(temporary, Leftovers.MADE);
    // Of the real clock's time, so that no other test on this machine deletes it.
    Path begun = Files.createTempDirectory(temporary, Leftovers.MADE);
    try {
      aged(Files.createFile(stage.delivered.resolve(unfinished)), old);
      aged(Files.createFile(stage.delivered.resolve(young)), DUE.minus(Duration.ofHours(23)));
      aged(Files.createFile(stage.delivered.resolve(".of-somebody.tmp")), old);
      aged(Files.createFile(made.resolve("daily_2026-02-27.pdf")), old);
      aged(made, old);
      Files.createFile(begun.resolve("daily_2026-02-27.pdf"));
      stage.desk(stage.report("daily", "daily at 06:00", "Europe/Berlin")).runDue();

      assertThat(stage.files()).contains(young, ".of-somebody.tmp").doesNotContain(unfinished);
      assertThat(made).doesNotExist();
      assertThat(begun).exists();
    } finally {
      Files.delete(begun.resolve("daily_2026-02-27.pdf"));
      Files.delete(begun);
    }
  }

  private static void aged(Path file, Instant changedAt) throws Exception {
    Files.setLastModifiedTime(file, FileTime.from(changedAt));
  }
}
