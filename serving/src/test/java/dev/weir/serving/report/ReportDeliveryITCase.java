package dev.weir.serving.report;

import static dev.weir.serving.report.ReportStage.DUE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.serving.security.caller.Caller;
import dev.weir.serving.security.caller.Role;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.springframework.context.ConfigurableApplicationContext;

/** That a report arrives once, and what is done when it does not. */
@ExtendWith(ReportStage.Shared.class)
class ReportDeliveryITCase {
  private final ReportStage stage;

  ReportDeliveryITCase(ReportStage stage) {
    this.stage = stage;
  }

  @BeforeEach
  void begin() throws Exception {
    stage.begin();
  }

  @Test
  void isDeliveredOnceByTwoApplications() throws Exception {
    stage.committedThroughTheDay();
    stage.clock.set(DUE);
    together();
    together();

    assertThat(stage.state()).isEqualTo("delivered");
    assertThat(stage.files())
        .containsExactly(
            "daily_2026-03-01.pdf",
            "daily_2026-03-01_1_traffic.csv",
            "daily_2026-03-01_2_traffic.csv");
    assertThat(Files.readString(stage.delivered.resolve("daily_2026-03-01_2_traffic.csv")))
        .isEqualTo("event_count,value_sum,status\r\n14,0.355,committed\r\n");
    assertThat(stage.text("daily_2026-03-01.pdf"))
        .contains("Traffic of the day", "By hour", "Total", "14 0.355 committed")
        .doesNotContain("This is not complete");
    MimeMessage[] messages = stage.mail.getReceivedMessages();
    assertThat(messages).as("one copy for each of the two recipients").hasSize(2);
    assertThat(messages[0].getMessageID()).isEqualTo(messages[1].getMessageID());
    assertThat(messages[0].getSubject()).isEqualTo("Traffic of the day, 2026-03-01");
    MimeMultipart parts = (MimeMultipart) messages[0].getContent();
    assertThat(parts.getCount()).isEqualTo(4);
    assertThat(parts.getBodyPart(1).getFileName()).isEqualTo("daily_2026-03-01.pdf");
    assertThat(parts.getBodyPart(1).getInputStream().readAllBytes())
        .isEqualTo(Files.readAllBytes(stage.delivered.resolve("daily_2026-03-01.pdf")));
  }

  /** Both applications at the same time. */
  private void together() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> done = new ArrayList<>();
      for (ConfigurableApplicationContext each :
          List.of(stage.one, stage.other, stage.one, stage.other)) {
        done.add(
            threads.submit(
                () -> {
                  ReportStage.desk(each).runDue();
                  return null;
                }));
      }
      for (Future<?> each : done) {
        each.get();
      }
    } finally {
      threads.shutdown();
    }
  }

  @Test
  void triesAgainWhereItFailedAndNothingElse() throws Exception {
    stage.committedThroughTheDay();
    stage.clock.set(DUE);
    stage.mail.stop();
    ReportStage.desk(stage.one).runDue();

    assertThat(stage.state()).isEqualTo("failed");
    assertThat(stage.run().get("message").asString()).contains("127.0.0.1:" + stage.mailPort);
    assertThat(stage.run().get("delivered_to").toString()).isEqualTo("[\"folder\"]");
    Path delivered = stage.delivered.resolve("daily_2026-03-01.pdf");
    Files.writeString(delivered, "read already");

    stage.mail.reset();
    ReportStage.desk(stage.other).runDue();
    assertThat(stage.mail.getReceivedMessages()).as("not before a minute is over").isEmpty();
    stage.clock.forward(Duration.ofMinutes(1));
    ReportStage.desk(stage.other).runDue();
    assertThat(stage.state()).isEqualTo("delivered");
    assertThat(stage.mail.getReceivedMessages()).hasSize(2);
    assertThat(delivered).hasContent("read already");
  }

  /** However long it waited before: its day begins with the first failure. */
  @Test
  void isGivenUpADayAfterItFailedFirst() throws Exception {
    Instant first = DUE.plus(Duration.ofHours(70));
    stage.committedThroughTheDay();
    stage.end(stage.claimed());
    stage.database.execute(
        "UPDATE weir.report_run SET state = 'waiting', next_attempt_at = '" + first + "'");
    stage.clock.set(first);
    stage.mail.stop();
    int attempts = 0;
    try {
      ReportStage.desk(stage.one).runDue();
      while (ofFirst("state").equals("failed") && attempts++ < 100) {
        stage.clock.set(
            Instant.ofEpochSecond(
                Long.parseLong(ofFirst("extract(epoch FROM next_attempt_at)::bigint"))));
        ReportStage.desk(stage.one).runDue();
      }
    } finally {
      stage.mail.reset();
    }

    assertThat(ofFirst("state")).isEqualTo("given_up");
    assertThat(attempts).isEqualTo(26);
    assertThat(Duration.between(first, stage.clock.instant()))
        .isEqualTo(Duration.ofHours(23).plusMinutes(21));
  }

  private String ofFirst(String column) {
    return stage.database.query(
        "SELECT " + column + " FROM weir.report_run ORDER BY due_at LIMIT 1");
  }

  @Test
  void isNotMailedAgainWhenThatItWasCannotBeWrittenDown() throws Exception {
    stage.committedThroughTheDay();
    stage.clock.set(DUE);
    stage.database.execute(
        """
        CREATE FUNCTION refuse() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE 'the disk is full'; END $$;
        CREATE TRIGGER refuse BEFORE UPDATE ON weir.report_run
        FOR EACH ROW WHEN (new.delivered_to @> '{email}') EXECUTE FUNCTION refuse()""");
    try {
      ReportStage.desk(stage.one).runDue();
    } finally {
      stage.database.execute("DROP FUNCTION refuse CASCADE");
    }

    assertThat(stage.state()).isEqualTo("unknown");
    assertThat(stage.run().get("message").asString())
        .contains("the disk is full", "it is not sent again: ask who should have it");
    stage.clock.forward(Duration.ofHours(2));
    ReportStage.desk(stage.other).runDue();
    assertThat(stage.mail.getReceivedMessages()).as("one copy for each recipient").hasSize(2);
  }

  @Test
  void onlyOperatorsAreToldWhyItFailed() throws Exception {
    stage.committedThroughTheDay();
    stage.clock.set(DUE);
    stage.mail.stop();
    ReportStage.desk(stage.one).runDue();
    stage.mail.reset();
    ReportResource resource = stage.one.getBean(ReportResource.class);

    assertThat(newest(resource, Role.OPERATOR).message()).contains("127.0.0.1:" + stage.mailPort);
    assertThat(newest(resource, Role.ADMIN).message()).isNotNull();
    assertThat(newest(resource, Role.READER))
        .returns("failed", ReportResource.Run::state)
        .returns(null, ReportResource.Run::message);
  }

  private static ReportResource.Run newest(ReportResource resource, Role role) {
    Caller caller = new Caller(Caller.Kind.KEY, "1", "somebody", role, null);
    return resource.reports(caller).reports().get(0).runs().get(0);
  }
}
