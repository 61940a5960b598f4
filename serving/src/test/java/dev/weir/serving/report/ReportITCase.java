package dev.weir.serving.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.weir.db.TestDatabase;
import dev.weir.pipeline.InvalidPipelineException;
import dev.weir.serving.ServingOptions;
import dev.weir.serving.WeirServing;
import dev.weir.serving.api.RunningServer;
import dev.weir.serving.export.ShopLog;
import jakarta.mail.internet.MimeMessage;
import jakarta.mail.internet.MimeMultipart;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Reports from two running applications over one database, into a real folder and to a real mail
 * server.
 */
class ReportITCase {
  private static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  private static final Instant DUE = Instant.parse("2026-03-02T05:00:00Z");

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  @TempDir private static Path folder;
  private static final TestDatabase DATABASE = TestDatabase.empty();
  private static final SetClock CLOCK = new SetClock(START);
  private static final int MAIL_PORT = freePort();
  private static final GreenMail MAIL =
      new GreenMail(new ServerSetup(MAIL_PORT, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));

  private static Path reports;
  private static ShopLog log;
  private static ConfigurableApplicationContext one;
  private static ConfigurableApplicationContext other;
  private static int commits = 2;

  @BeforeAll
  static void start() throws Exception {
    MAIL.start();
    reports = Files.createDirectory(folder.resolve("out"));
    Files.writeString(
        folder.resolve("reports.yaml"),
        """
        reports:
          - name: daily
            title: Traffic of the day
            schedule: daily at 06:00
            zone: Europe/Berlin
            wait: 3h
            formats: [pdf, csv]
            queries:
              - {title: By hour, cube: traffic, granularity: hour, dimensions: event_type}
              - {title: Total, cube: traffic, granularity: total, measures: [event_count, value_sum]}
            deliver:
              folder: %s
              email: {to: [ops@example.org, boss@example.org]}
        """
            .formatted(reports));
    one = serve(folder.resolve("reports.yaml"));
    other = serve(folder.resolve("reports.yaml"));
    log = new ShopLog(DATABASE);
    log.writeMorning();
  }

  @AfterAll
  static void stop() {
    one.close();
    other.close();
    MAIL.stop();
    DATABASE.close();
  }

  /** Each test begins on a day of its own, with nothing done. */
  @BeforeEach
  void begin() throws Exception {
    CLOCK.set(START);
    DATABASE.execute("TRUNCATE weir.report, weir.report_run");
    desk(one).runDue();
  }

  @AfterEach
  void clear() throws Exception {
    MAIL.purgeEmailFromAllMailboxes();
    try (Stream<Path> files = Files.list(reports)) {
      for (Path file : files.toList()) {
        Files.delete(file);
      }
    }
  }

  @Test
  void isDeliveredOnceByTwoApplications() throws Exception {
    committedThroughTheDay();
    CLOCK.set(DUE);
    together();
    together();

    assertThat(state()).isEqualTo("delivered");
    assertThat(files())
        .containsExactly(
            "daily_2026-03-01.pdf",
            "daily_2026-03-01_1_traffic.csv",
            "daily_2026-03-01_2_traffic.csv");
    assertThat(Files.readString(reports.resolve("daily_2026-03-01_2_traffic.csv")))
        .isEqualTo("event_count,value_sum,status\r\n14,0.355,committed\r\n");
    assertThat(text(reports.resolve("daily_2026-03-01.pdf")))
        .contains("Traffic of the day", "By hour", "Total", "14 0.355 committed")
        .doesNotContain("This is not complete");
    MimeMessage[] messages = MAIL.getReceivedMessages();
    assertThat(messages).as("one copy for each of the two recipients").hasSize(2);
    assertThat(messages[0].getMessageID()).isEqualTo(messages[1].getMessageID());
    assertThat(messages[0].getSubject()).isEqualTo("Traffic of the day, 2026-03-01");
    MimeMultipart parts = (MimeMultipart) messages[0].getContent();
    assertThat(parts.getCount()).isEqualTo(4);
    assertThat(parts.getBodyPart(1).getFileName()).isEqualTo("daily_2026-03-01.pdf");
    assertThat(parts.getBodyPart(1).getInputStream().readAllBytes())
        .isEqualTo(Files.readAllBytes(reports.resolve("daily_2026-03-01.pdf")));
  }

  @Test
  void waitsForItsRangeToBeCommitted() throws Exception {
    commit("2026-03-01T11:30:10Z");
    CLOCK.set(DUE);
    desk(one).runDue();

    assertThat(state()).isEqualTo("waiting");
    assertThat(run().get("message").asString())
        .contains(
            "the range ends at 2026-03-02 00:00, but events are committed up to 2026-03-01 12:30 only");
    assertThat(files()).isEmpty();

    committedThroughTheDay();
    desk(one).runDue();
    assertThat(state()).as("it looks again in a minute").isEqualTo("waiting");
    CLOCK.forward(Duration.ofMinutes(1));
    desk(other).runDue();
    assertThat(state()).isEqualTo("delivered");
  }

  @Test
  void saysThatItIsNotCompleteWhenItWaitedLongEnough() throws Exception {
    commit("2026-03-01T11:30:10Z");
    CLOCK.set(DUE);
    desk(one).runDue();
    CLOCK.set(DUE.plus(Duration.ofHours(3)));
    desk(one).runDue();

    assertThat(state()).isEqualTo("delivered");
    assertThat(text(reports.resolve("daily_2026-03-01.pdf")))
        .contains("This is not complete: the range ends at 2026-03-02 00:00, but events are");
  }

  @Test
  void catchesUpTheLastDueTimeOnly() throws Exception {
    commit("2026-03-06T00:00:00Z");
    CLOCK.set(Instant.parse("2026-03-05T17:00:00Z"));
    desk(one).runDue();
    desk(other).runDue();

    assertThat(
            DATABASE.query("SELECT string_agg(due_at::text || state, ', ') FROM weir.report_run"))
        .isEqualTo("2026-03-05 05:00:00+00delivered");
    assertThat(files()).contains("daily_2026-03-04.pdf").hasSize(3);
  }

  @Test
  void triesAgainWhereItFailedAndNothingElse() throws Exception {
    committedThroughTheDay();
    CLOCK.set(DUE);
    MAIL.stop();
    desk(one).runDue();

    assertThat(state()).isEqualTo("failed");
    assertThat(run().get("message").asString()).contains("127.0.0.1:" + MAIL_PORT);
    assertThat(run().get("delivered_to").toString()).isEqualTo("[\"folder\"]");
    Path delivered = reports.resolve("daily_2026-03-01.pdf");
    Files.writeString(delivered, "read already");

    MAIL.reset();
    desk(other).runDue();
    assertThat(MAIL.getReceivedMessages()).as("not before a minute is over").isEmpty();
    CLOCK.forward(Duration.ofMinutes(1));
    desk(other).runDue();
    assertThat(state()).isEqualTo("delivered");
    assertThat(MAIL.getReceivedMessages()).hasSize(2);
    assertThat(delivered).hasContent("read already");
  }

  @Test
  void isGivenUpAfterADay() throws Exception {
    committedThroughTheDay();
    CLOCK.set(DUE);
    MAIL.stop();
    int hours = 0;
    desk(one).runDue();
    while (stateOfFirst().equals("failed") && hours++ < 40) {
      CLOCK.forward(Duration.ofHours(1));
      desk(one).runDue();
    }
    MAIL.reset();

    assertThat(stateOfFirst()).isEqualTo("given_up");
    assertThat(hours).isBetween(22, 25);
  }

  private static String stateOfFirst() {
    return DATABASE.query("SELECT state FROM weir.report_run ORDER BY due_at LIMIT 1");
  }

  @Test
  void aRunWhoseProcessEndedIsTakenOver() throws Exception {
    committedThroughTheDay();
    CLOCK.set(DUE);
    ReportRuns runs = one.getBean(ReportRuns.class);
    runs.schedule("daily", DUE, false, Span.DAY.before(DUE, BERLIN));
    try (ClaimedRun claimed = runs.claim(List.of("daily")).orElseThrow()) {
      desk(other).runDue();
      assertThat(state()).as("somebody works on it").isEqualTo("running");
      assertThat(claimed.run().attempts()).isEqualTo(1);
    }
    desk(other).runDue();

    assertThat(state()).isEqualTo("delivered");
    assertThat(run().get("attempts").asInt()).isEqualTo(2);
  }

  @Test
  void aMessageThatTheServerMayHaveIsNotSentAgain() throws Exception {
    committedThroughTheDay();
    CLOCK.set(DUE);
    ReportRuns runs = one.getBean(ReportRuns.class);
    runs.schedule("daily", DUE, false, Span.DAY.before(DUE, BERLIN));
    ClaimedRun claimed = runs.claim(List.of("daily")).orElseThrow();
    claimed.become(claimed.run().with(ReportRun.State.SENDING, null, null));
    claimed.close();
    desk(other).runDue();

    assertThat(state()).isEqualTo("unknown");
    assertThat(run().get("message").asString())
        .contains("the process ended before the mail server answered");
    assertThat(MAIL.getReceivedMessages()).isEmpty();
  }

  @Test
  void whoLostItsClaimChangesNothing() throws Exception {
    CLOCK.set(DUE);
    ReportRuns runs = one.getBean(ReportRuns.class);
    runs.schedule("daily", DUE, false, Span.DAY.before(DUE, BERLIN));
    try (ClaimedRun claimed = runs.claim(List.of("daily")).orElseThrow()) {
      DATABASE.execute("UPDATE weir.report_run SET attempts = attempts + 1");

      assertThatThrownBy(
              () -> claimed.become(claimed.run().with(ReportRun.State.SENDING, null, null)))
          .isInstanceOf(IllegalStateException.class)
          .hasMessageContaining("was claimed by another process meanwhile");
    }
  }

  @Test
  void anOperatorRunsItNow() throws Exception {
    committedThroughTheDay();
    CLOCK.set(Instant.parse("2026-03-02T04:00:00Z"));
    HttpResponse<String> response = post("/api/v1/reports/daily/runs");

    assertThat(response.statusCode()).isEqualTo(202);
    assertThat(response.body()).contains("\"state\":", "\"asked\":true");
    desk(one).runDue();
    await().atMost(Duration.ofSeconds(30)).until(() -> state().equals("delivered"));
    assertThat(files()).contains("daily_2026-03-01.pdf");
    JsonNode report = get().get("reports").get(0);
    assertThat(report.get("name").asString()).isEqualTo("daily");
    assertThat(report.get("schedule").asString()).isEqualTo("daily at 06:00");
    assertThat(report.get("next_due_at").asString()).isEqualTo("2026-03-02T05:00:00Z");
    assertThat(report.get("recipients").asInt()).isEqualTo(2);
    assertThat(report.toString()).as("addresses").doesNotContain("example.org");
    assertThat(run().get("files").size()).isEqualTo(3);

    HttpResponse<String> missing = post("/api/v1/reports/hourly/runs");
    assertThat(missing.statusCode()).isEqualTo(404);
    assertThat(missing.body()).contains("There is no report hourly; the reports are daily.");
  }

  @Test
  void doesNotStartWithMistakesInTheDeclaration() throws Exception {
    Path wrong =
        Files.writeString(
            folder.resolve("wrong.yaml"),
            """
            reports:
              - name: daily
                schedule: daily at 06:00
                formats: pdf
                queries: [{cube: traffic, granularity: century, dimensions: city}]
                deliver: {folder: /nowhere}
            """);

    assertThatThrownBy(() -> serve(wrong))
        .isInstanceOf(InvalidPipelineException.class)
        .hasMessageContainingAll(
            "wrong.yaml has 3 errors:",
            "line 5: granularity of a query of the report daily: 'century' is not a granularity",
            "line 5: dimensions of a query of the report daily: the cube traffic has no 'city'",
            "line 6: folder of the report daily, /nowhere, is not a folder");
  }

  private static ConfigurableApplicationContext serve(Path declaration) throws IOException {
    Path pipeline = Files.writeString(folder.resolve("pipeline.yaml"), RunningServer.DECLARATION);
    return WeirServing.serve(
        ServingOptions.parse(
            List.of(
                "serve",
                "--pipeline=" + pipeline,
                "--database.url=" + DATABASE.jdbcUrl(),
                "--database.user=" + DATABASE.user(),
                "--roll-ups.seconds=0",
                "--server.port=0",
                "--reports=" + declaration,
                "--mail.smtp-url=smtp://127.0.0.1:" + MAIL_PORT,
                "--mail.from=weir@example.org"),
            Map.of()),
        CLOCK);
  }

  /** A port that is the same when the mail server is started again. */
  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Both at the same time. */
  private static void together() throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(4);
    try {
      List<Future<?>> done = new ArrayList<>();
      for (ConfigurableApplicationContext each : List.of(one, other, one, other)) {
        done.add(
            threads.submit(
                () -> {
                  desk(each).runDue();
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

  private static ReportDesk desk(ConfigurableApplicationContext context) {
    return context.getBean(ReportDesk.class);
  }

  private static void committedThroughTheDay() {
    commit("2026-03-02T03:00:00Z");
  }

  private static void commit(String newestEvent) {
    DATABASE.execute("DELETE FROM weir.ledger WHERE commit > 2");
    log.commit(++commits, newestEvent);
  }

  private static String state() throws Exception {
    JsonNode run = run();
    return run == null ? "none" : run.get("state").asString();
  }

  private static JsonNode run() throws Exception {
    JsonNode runs = get().get("reports").get(0).get("runs");
    return runs.isEmpty() ? null : runs.get(0);
  }

  private static JsonNode get() throws Exception {
    HttpResponse<String> response =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(uri("/api/v1/reports")).build(), BodyHandlers.ofString());
    return JsonMapper.builder().build().readTree(response.body());
  }

  private static HttpResponse<String> post(String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(uri(path)).POST(HttpRequest.BodyPublishers.noBody()).build(),
            BodyHandlers.ofString());
  }

  private static URI uri(String path) {
    return URI.create(
        "http://127.0.0.1:" + one.getEnvironment().getProperty("local.server.port") + path);
  }

  private static List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(reports)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  private static String text(Path file) throws IOException {
    try (PDDocument document = Loader.loadPDF(file.toFile())) {
      PDFTextStripper stripper = new PDFTextStripper();
      stripper.setSortByPosition(true);
      return stripper.getText(document).replaceAll(" +", " ");
    }
  }
}
