package dev.weir.serving.report;

import static org.awaitility.Awaitility.await;

import com.icegreen.greenmail.util.GreenMail;
import com.icegreen.greenmail.util.ServerSetup;
import dev.weir.db.TestDatabase;
import dev.weir.serving.ServingOptions;
import dev.weir.serving.SharedBetweenTests;
import dev.weir.serving.WeirServing;
import dev.weir.serving.api.RunningServer;
import dev.weir.serving.cube.CubeCatalog;
import dev.weir.serving.cube.CubeQueryParser;
import dev.weir.serving.cube.CubeReader;
import dev.weir.serving.export.ShopLog;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.pdfbox.Loader;
import org.apache.pdfbox.pdmodel.PDDocument;
import org.apache.pdfbox.text.PDFTextStripper;
import org.springframework.context.ConfigurableApplicationContext;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/**
 * Two running applications over one database that make the same report, {@code daily}, into a real
 * folder and to a real mail server, by a clock that stands. They do what is due when a test says
 * so.
 */
final class ReportStage implements AutoCloseable {
  static final Instant START = Instant.parse("2026-03-01T12:00:00Z");
  static final Instant DUE = Instant.parse("2026-03-02T05:00:00Z");

  private static final ZoneId BERLIN = ZoneId.of("Europe/Berlin");

  final TestDatabase database = TestDatabase.empty();
  final SetClock clock = new SetClock(START);
  final int mailPort = freePort();
  final GreenMail mail =
      new GreenMail(new ServerSetup(mailPort, "127.0.0.1", ServerSetup.PROTOCOL_SMTP));
  final Path folder;
  final Path delivered;
  final ConfigurableApplicationContext one;
  final ConfigurableApplicationContext other;

  private final ShopLog log;
  private int commits = 2;

  ReportStage(Path folder) throws IOException {
    this.folder = folder;
    delivered = Files.createDirectory(folder.resolve("out"));
    mail.start();
    Path reports =
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
                .formatted(delivered));
    one = serve(reports);
    other = serve(reports);
    log = new ShopLog(database);
    log.writeMorning();
  }

  /** Before a test: it is a day of its own, and nothing is done. */
  void begin() throws Exception {
    clock.set(START);
    database.execute("TRUNCATE weir.report, weir.report_run");
    runs().declare(desk(one).reports());
    desk(one).runDue();
    mail.purgeEmailFromAllMailboxes();
    for (String file : files()) {
      Files.delete(delivered.resolve(file));
    }
  }

  ConfigurableApplicationContext serve(Path reports) throws IOException {
    return serve(RunningServer.DECLARATION, database, reports);
  }

  /** Starts an application, which does nothing by itself. */
  ConfigurableApplicationContext serve(String pipeline, TestDatabase over, Path reports)
      throws IOException {
    Path declaration = Files.writeString(folder.resolve("pipeline.yaml"), pipeline);
    ConfigurableApplicationContext context =
        WeirServing.serve(
            ServingOptions.parse(
                List.of(
                    "serve",
                    "--pipeline=" + declaration,
                    "--database.url=" + over.jdbcUrl(),
                    "--database.user=" + over.user(),
                    "--roll-ups.seconds=0",
                    "--server.port=0",
                    "--reports=" + reports,
                    "--mail.smtp-url=smtp://127.0.0.1:" + mailPort,
                    "--mail.from=weir@example.org"),
                Map.of()),
            clock);
    context.getBean(ReportClerk.class).stop();
    return context;
  }

  static ReportDesk desk(ConfigurableApplicationContext context) {
    return context.getBean(ReportDesk.class);
  }

  /** The desk of one more process, which begins now. */
  ReportDesk desk(Report... reports) {
    return new ReportDesk(
        List.of(reports),
        runs(),
        delivery(),
        report -> new Committed(Optional.of(Instant.MAX), List.of()),
        clock);
  }

  ReportDelivery delivery() {
    return new ReportDelivery(
        new ReportWriter(
            "shop",
            one.getBean(CubeCatalog.class),
            one.getBean(CubeQueryParser.class),
            one.getBean(CubeReader.class),
            clock),
        Optional.empty(),
        clock);
  }

  /** A report into the folder. */
  Report report(String name, String schedule, String zone) {
    Report daily = desk(one).reports().get(0);
    return new Report(
        name,
        name,
        Schedule.parse(schedule).orElseThrow(),
        ZoneId.of(zone),
        Span.DAY,
        daily.patience(),
        daily.questions(),
        daily.formats(),
        daily.folder(),
        Optional.empty());
  }

  ReportRuns runs() {
    return one.getBean(ReportRuns.class);
  }

  /** Makes the due time of {@code daily} a run, as any process would, and claims it. */
  ClaimedRun claimed() throws Exception {
    runs().schedule("daily", DUE, false, Span.DAY.before(DUE, BERLIN));
    return runs().claim(List.of("daily")).orElseThrow();
  }

  /** Ends the process that works on a run, as far as the database sees it. */
  void end(ClaimedRun claimed) throws Exception {
    claimed.close();
    await()
        .until(
            () ->
                database.queryLong(
                    "SELECT count(*) FROM pg_locks WHERE locktype = 'advisory'"
                        + " AND classid = (hashtext('weir.report_run')::bigint & 4294967295)::oid"
                        + " AND objid = "
                        + claimed.run().id()),
            held -> held == 0);
  }

  void committedThroughTheDay() {
    commit("2026-03-02T03:00:00Z");
  }

  void commit(String newestEvent) {
    commit(newestEvent, newestEvent);
  }

  /** The newest of all commits but the morning's. */
  void commit(String newestEvent, String committedAt) {
    database.execute("DELETE FROM weir.ledger WHERE commit > 2");
    addCommit(newestEvent, committedAt);
  }

  void addCommit(String newestEvent, String committedAt) {
    log.commit(++commits, newestEvent, committedAt);
  }

  /** All due times of the schedules, and what became of them. */
  String runsByDueTime() {
    return database.query(
        "SELECT string_agg(report || ' ' || to_char(due_at AT TIME ZONE 'UTC', 'MM-DD HH24:MI') || ' ' || state, ', ' ORDER BY due_at, report)"
            + " FROM weir.report_run");
  }

  String state() throws Exception {
    JsonNode run = run();
    return run == null ? "none" : run.get("state").asString();
  }

  /** The newest run. */
  JsonNode run() throws Exception {
    JsonNode runs = get().get("reports").get(0).get("runs");
    return runs.isEmpty() ? null : runs.get(0);
  }

  JsonNode get() throws Exception {
    HttpResponse<String> response =
        HttpClient.newHttpClient()
            .send(HttpRequest.newBuilder(uri("/api/v1/reports")).build(), BodyHandlers.ofString());
    return JsonMapper.builder().build().readTree(response.body());
  }

  HttpResponse<String> post(String path) throws Exception {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(uri(path)).POST(HttpRequest.BodyPublishers.noBody()).build(),
            BodyHandlers.ofString());
  }

  private URI uri(String path) {
    return URI.create(
        "http://127.0.0.1:" + one.getEnvironment().getProperty("local.server.port") + path);
  }

  /** Names of what is in the folder. */
  List<String> files() throws IOException {
    try (Stream<Path> files = Files.list(delivered)) {
      return files.map(file -> file.getFileName().toString()).sorted().toList();
    }
  }

  /** What a PDF file in the folder says. */
  String text(String file) throws IOException {
    try (PDDocument document = Loader.loadPDF(delivered.resolve(file).toFile())) {
      PDFTextStripper stripper = new PDFTextStripper();
      stripper.setSortByPosition(true);
      return stripper.getText(document).replaceAll(" +", " ");
    }
  }

  /** A port that is the same when the mail server is started again. */
  private static int freePort() {
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      return socket.getLocalPort();
    } catch (IOException e) {
      throw new IllegalStateException("there is no free port", e);
    }
  }

  @Override
  public void close() {
    one.close();
    other.close();
    mail.stop();
    database.close();
  }

  /** The one that the tests of all classes use. */
  static final class Shared extends SharedBetweenTests<ReportStage> {
    Shared() {
      super(ReportStage.class, ReportStage::new, ReportStage::close);
    }
  }
}
