package dev.weir.serving.report;

import static dev.weir.serving.report.ReportStage.DUE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.db.TestDatabase;
import dev.weir.pipeline.InvalidPipelineException;
import dev.weir.pipeline.PipelineReader;
import dev.weir.serving.api.RunningServer;
import dev.weir.serving.migrate.Migration;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;

/** When reports are made, and which. */
@ExtendWith(ReportStage.Shared.class)
class ReportScheduleITCase {
  private final ReportStage stage;

  ReportScheduleITCase(ReportStage stage) {
    this.stage = stage;
  }

  @BeforeEach
  void begin() throws Exception {
    stage.begin();
  }

  @Test
  void waitsForItsRangeToBeCommitted() throws Exception {
    stage.commit("2026-03-01T11:30:10Z");
    stage.clock.set(DUE);
    ReportStage.desk(stage.one).runDue();

    assertThat(stage.state()).isEqualTo("waiting");
    assertThat(stage.run().get("message").asString())
        .contains(
            "the range ends at 2026-03-02 00:00, but events are committed up to 2026-03-01 12:30 only");
    assertThat(stage.files()).isEmpty();

    stage.committedThroughTheDay();
    ReportStage.desk(stage.one).runDue();
    assertThat(stage.state()).as("it looks again in a minute").isEqualTo("waiting");
    stage.clock.forward(Duration.ofMinutes(1));
    ReportStage.desk(stage.other).runDue();
    assertThat(stage.state()).isEqualTo("delivered");
  }

  @Test
  void waitsForTheCommitsThatAChangedCubeLacks() throws Exception {
    stage.commit("2026-03-01T11:30:10Z");
    stage.database.execute(
        "UPDATE weir.cube SET complete_through = (SELECT max(commit) FROM weir.ledger)");
    stage.addCommit("2026-03-02T03:00:00Z", "2026-03-02T03:00:05Z");
    stage.clock.set(DUE);
    ReportStage.desk(stage.one).runDue();

    assertThat(stage.state()).isEqualTo("waiting");
    assertThat(stage.run().get("message").asString())
        .contains(
            "the range ends at 2026-03-02 00:00, but what is shown of traffic has events up to 2026-03-01 11:00 only"
                + " until weir batch has recomputed it.");

    stage.database.execute("UPDATE weir.cube SET complete_through = NULL");
    stage.clock.forward(Duration.ofMinutes(1));
    ReportStage.desk(stage.one).runDue();
    assertThat(stage.state()).isEqualTo("delivered");
  }

  @Test
  void waitsForLateEventsThatAChangedCubeLacks() throws Exception {
    stage.committedThroughTheDay();
    stage.database.execute(
        "UPDATE weir.cube SET complete_through = (SELECT max(commit) FROM weir.ledger)");
    stage.addCommit("2026-03-01T20:00:00Z", "2026-03-02T03:00:05Z");
    stage.clock.set(DUE);
    ReportStage.desk(stage.one).runDue();

    assertThat(stage.state()).isEqualTo("waiting");
    assertThat(stage.run().get("message").asString())
        .contains("what is shown of traffic has events up to 2026-03-01 ");

    stage.database.execute("UPDATE weir.cube SET complete_through = NULL");
    stage.clock.forward(Duration.ofMinutes(1));
    ReportStage.desk(stage.one).runDue();
    assertThat(stage.state()).isEqualTo("delivered");
  }

  @Test
  void saysThatItIsNotCompleteWhenItWaitedLongEnough() throws Exception {
    stage.commit("2026-03-01T11:30:10Z");
    stage.clock.set(DUE);
    ReportStage.desk(stage.one).runDue();
    stage.clock.set(DUE.plus(Duration.ofHours(3)));
    ReportStage.desk(stage.one).runDue();

    assertThat(stage.state()).isEqualTo("delivered");
    assertThat(stage.text("daily_2026-03-01.pdf"))
        .contains("This is not complete: the range ends at 2026-03-02 00:00, but events are");
  }

  @Test
  void anEventOfTheFutureDoesNotCompleteIt() throws Exception {
    stage.commit("2199-01-01T00:00:00Z", "2026-03-01T11:40:00Z");
    stage.clock.set(DUE);
    ReportStage.desk(stage.one).runDue();

    assertThat(stage.state()).isEqualTo("waiting");
    assertThat(stage.run().get("message").asString())
        .contains("events are committed up to 2026-03-01 12:40 only");

    stage.addCommit("2026-03-02T03:00:00Z", "2026-03-02T03:00:05Z");
    stage.clock.forward(Duration.ofMinutes(1));
    ReportStage.desk(stage.one).runDue();
    assertThat(stage.state()).isEqualTo("delivered");
  }

  @Test
  void catchesUpTheLastDueTimeOnly() throws Exception {
    stage.commit("2026-03-06T00:00:00Z");
    stage.clock.set(Instant.parse("2026-03-05T17:00:00Z"));
    ReportStage.desk(stage.one).runDue();
    ReportStage.desk(stage.other).runDue();

    assertThat(stage.runsByDueTime()).isEqualTo("daily 03-05 05:00 delivered");
    assertThat(stage.files()).contains("daily_2026-03-04.pdf").hasSize(3);
  }

  @Test
  void aChangedScheduleOrZoneCatchesUpNothing() throws Exception {
    stage.clock.set(DUE);
    stage.desk(stage.report("daily", "daily at 06:00", "Europe/Berlin")).runDue();
    assertThat(stage.runsByDueTime()).isEqualTo("daily 03-02 05:00 delivered");

    stage.clock.forward(Duration.ofHours(4));
    stage.desk(stage.report("daily", "daily at 05:00", "Europe/Berlin")).runDue();
    stage.desk(stage.report("daily", "daily at 05:00", "Europe/Athens")).runDue();
    ReportDesk unchanged = stage.desk(stage.report("daily", "daily at 05:00", "Europe/Athens"));
    unchanged.runDue();
    assertThat(stage.runsByDueTime()).isEqualTo("daily 03-02 05:00 delivered");

    stage.clock.set(Instant.parse("2026-03-03T03:00:00Z"));
    unchanged.runDue();
    assertThat(stage.runsByDueTime())
        .isEqualTo("daily 03-02 05:00 delivered, daily 03-03 03:00 delivered");
  }

  @Test
  void catchesUpWhatWasDueBetweenTwoProcesses() throws Exception {
    Report daily = stage.report("daily", "daily at 06:00", "Europe/Berlin");
    stage.desk(daily).runDue();
    stage.clock.set(DUE.plus(Duration.ofHours(4)));
    stage.desk(daily).runDue();

    assertThat(stage.runsByDueTime()).isEqualTo("daily 03-02 05:00 delivered");
  }

  @Test
  void aReportThatWasRemovedMeanwhileCatchesUpNothing() throws Exception {
    Report kept = stage.report("kept", "daily at 06:00", "Europe/Berlin");
    Report removed = stage.report("removed", "daily at 06:00", "Europe/Berlin");
    stage.desk(kept, removed).runDue();
    stage.desk(kept).runDue();
    stage.clock.set(DUE.plus(Duration.ofHours(4)));
    stage.desk(kept, removed).runDue();

    assertThat(stage.runsByDueTime()).isEqualTo("kept 03-02 05:00 delivered");
  }

  @Test
  void anOperatorRunsItNow() throws Exception {
    stage.committedThroughTheDay();
    stage.clock.set(Instant.parse("2026-03-02T04:00:00Z"));
    HttpResponse<String> response = stage.post("/api/v1/reports/daily/runs");

    assertThat(response.statusCode()).isEqualTo(202);
    assertThat(response.body()).contains("\"state\":", "\"asked\":true");
    ReportStage.desk(stage.one).runDue();
    assertThat(stage.state()).isEqualTo("delivered");
    assertThat(stage.files()).contains("daily_2026-03-01.pdf");
    JsonNode report = stage.get().get("reports").get(0);
    assertThat(report.get("name").asString()).isEqualTo("daily");
    assertThat(report.get("schedule").asString()).isEqualTo("daily at 06:00");
    assertThat(report.get("next_due_at").asString()).isEqualTo("2026-03-02T05:00:00Z");
    assertThat(report.get("recipients").asInt()).isEqualTo(2);
    assertThat(report.toString()).as("addresses").doesNotContain("example.org");
    assertThat(stage.run().get("files").size()).isEqualTo(3);

    HttpResponse<String> missing = stage.post("/api/v1/reports/hourly/runs");
    assertThat(missing.statusCode()).isEqualTo(404);
    assertThat(missing.body()).contains("There is no report hourly; the reports are daily.");
  }

  @Test
  void anOperatorRunsItBeforeAnybodyKnowsIt() throws Exception {
    stage.database.execute("TRUNCATE weir.report");
    stage.clock.set(Instant.parse("2026-03-02T04:00:00.123456Z"));

    assertThat(stage.post("/api/v1/reports/daily/runs").statusCode()).isEqualTo(202);
    assertThat(stage.run().get("due_at").asString()).isEqualTo("2026-03-02T04:00:00.123Z");
  }

  @Test
  void doesNotStartWithMistakesInTheDeclaration() throws Exception {
    Path wrong =
        Files.writeString(
            stage.folder.resolve("wrong.yaml"),
            """
            reports:
              - name: daily
                schedule: daily at 06:00
                formats: pdf
                queries: [{cube: traffic, granularity: century, dimensions: city, totals: true}]
                deliver: {folder: /nowhere}
            """);

    assertThatThrownBy(() -> stage.serve(wrong))
        .isInstanceOf(InvalidPipelineException.class)
        .hasMessageContainingAll(
            "wrong.yaml has 4 errors:",
            "line 5: granularity of a query of the report daily: 'century' is not a granularity",
            "line 5: dimensions of a query of the report daily: the cube traffic has no 'city'",
            "line 5: totals of a query of the report daily: only pages of JSON have a place for them",
            "line 6: folder of the report daily, /nowhere, is not a folder");
  }

  @Test
  void startsWhileADimensionThatItNeedsIsBackfilled() throws Exception {
    Path reports =
        Files.writeString(
            stage.folder.resolve("cities.yaml"),
            """
            reports:
              - name: cities
                schedule: daily at 06:00
                formats: csv
                queries: [{cube: traffic, granularity: day, dimensions: city}]
                deliver: {folder: %s}
            """
                .formatted(stage.delivered));
    String changed =
        RunningServer.DECLARATION.replace("[event_type, country]", "[event_type, country, city]");
    try (TestDatabase database = TestDatabase.empty()) {
      new Migration(
              database.dataSource(),
              PipelineReader.read(RunningServer.DECLARATION),
              RunningServer.DECLARATION)
          .run();
      database.execute(
          """
          UPDATE weir.head SET commit = 1, last_commit = 1;
          INSERT INTO weir.archive_file (path, kind, bytes, row_count, commit) VALUES ('a', 'arrivals', 1, 1, 1);
          INSERT INTO weir.archive_manifest SELECT file_id, '2026-03-01T10:00:00Z', 1, 1 FROM weir.archive_file""");
      try (ConfigurableApplicationContext context = stage.serve(changed, database, reports)) {
        Report cities = ReportStage.desk(context).reports().get(0);
        ReportStage.desk(context).ask(cities);
        ReportStage.desk(context).runDue();

        ReportRun run = ReportStage.desk(context).last(1).get(0);
        assertThat(run.state()).isEqualTo(ReportRun.State.FAILED);
        assertThat(run.message())
            .contains(
                "the cube traffic shows its definition of before until the batch layer has covered the declared one:",
                "dimensions: the cube traffic has no 'city'");
      }
    }
  }
}
