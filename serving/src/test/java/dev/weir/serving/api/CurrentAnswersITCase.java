package dev.weir.serving.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.db.CubeTables;
import dev.weir.pipeline.Pipeline;
import dev.weir.pipeline.PipelineReader;
import dev.weir.serving.ServingOptions;
import dev.weir.serving.WeirServing;
import dev.weir.serving.cache.RedisServer;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Answers that are kept, and that are never older than the question. */
class CurrentAnswersITCase {
  private static final String ROWS =
      "/api/v1/cubes/traffic/rows?granularity=total&measures=event_count"
          + "&from=2026-03-01T10:00:00Z&to=2026-03-01T12:00:00Z";
  private static final String MINUTES = ROWS.replace("granularity=total", "granularity=minute");
  private static final Pipeline PIPELINE = PipelineReader.read(RunningServer.DECLARATION);
  private static final CubeTables TABLES = CubeTables.of(PIPELINE, PIPELINE.cubes().get(0));
  private static final String COLUMNS =
      ", event_hour, bucket, event_type, event_count, value_count, value_sum)";
  private static final String PLACE =
      ", '2026-03-01T10:00Z', '2026-03-01T10:00Z', 'buy', %d, 0, 0)";

  @TempDir private static Path folder;
  private static RedisServer redis;
  private static RunningServer server;
  private final HttpClient client = HttpClient.newHttpClient();

  @BeforeAll
  static void start() throws IOException {
    redis = new RedisServer(folder, "");
    server = new RunningServer(folder, "--cache.redis=" + redis.address());
    for (String table :
        List.of(TABLES.speedTable(), TABLES.batchMinuteTable(), TABLES.batchHourTable())) {
      server.database().query("SELECT weir.ensure_day('" + table + "'::regclass, '2026-03-01')");
    }
  }

  @AfterAll
  static void stop() {
    server.close();
    redis.close();
  }

  @BeforeEach
  void forgetAll() throws Exception {
    sql(
        "DELETE FROM weir.coverage; DELETE FROM weir.batch_run; DELETE FROM %s; DELETE FROM %s; DELETE FROM %s; DELETE FROM %s; DELETE FROM weir.live_writer; DELETE FROM weir.row_digest; UPDATE weir.head SET commit = 0, live_base = 0"
            .formatted(
                TABLES.speedTable(),
                TABLES.liveTable(),
                TABLES.batchMinuteTable(),
                TABLES.batchHourTable()));
    awaitCleared();
  }

  /** Where the machine is busy, Redis may not be reached at once. */
  private void awaitCleared() {
    await().atMost(Duration.ofMinutes(1)).until(() -> post(server.uri(CLEAR)) == 204);
  }

  static List<String> paths() {
    return List.of(ROWS, MINUTES);
  }

  @ParameterizedTest
  @MethodSource("paths")
  void saysWhenTheClientHasTheAnswer(String path) throws Exception {
    commit(1, 5);
    HttpResponse<byte[]> first = get(path);
    String tag = first.headers().firstValue("ETag").orElseThrow();
    assertThat(tag).matches("\"[A-Za-z0-9_-]{43}\"");
    assertThat(first.headers().firstValue("Cache-Control")).hasValue("private, no-cache");
    assertThat(first.headers().allValues("Vary")).anyMatch(v -> v.contains("Accept-Encoding"));

    assertThat(get(path, "If-None-Match", "\"other\", W/" + tag).statusCode()).isEqualTo(304);
    assertThat(get(path, "If-None-Match", tag).body()).isEmpty();
    assertThat(get(path, "If-None-Match", "*").statusCode()).isEqualTo(304);
    assertThat(get(path, "If-None-Match", "\"other\"").statusCode()).isEqualTo(200);

    HttpResponse<byte[]> compressed = get(path, "Accept-Encoding", "br, gzip;q=0.5");
    assertThat(compressed.headers().firstValue("Content-Encoding")).hasValue("gzip");
    assertThat(compressed.headers().firstValue("ETag").orElseThrow()).isNotEqualTo(tag);
    assertThat(new GZIPInputStream(new ByteArrayInputStream(compressed.body())).readAllBytes())
        .isEqualTo(first.body());
    assertThat(get(path, "Accept-Encoding", "gzip;q=0").body()).isEqualTo(first.body());
  }

  @ParameterizedTest
  @MethodSource("paths")
  void seesEveryChangeAtOnce(String path) throws Exception {
    assertThat(text(get(path))).contains("\"rows\":[]");
    commit(1, 5);
    assertThat(text(get(path))).contains("\"event_count\":5", "\"status\":\"committed\"");
    String tag = get(path).headers().firstValue("ETag").orElseThrow();

    publish(1, 1, 7);
    assertThat(get(path, "If-None-Match", tag).statusCode()).isEqualTo(200);
    assertThat(text(get(path)))
        .contains("\"event_count\":7", "\"status\":\"reconciled\"", "\"version\":1");
    commit(2, 2);
    assertThat(text(get(path))).contains("\"event_count\":9", "\"late_events\":2");

    // An epoch that is not committed yet: no answer is kept while it is there.
    sql("INSERT INTO weir.live_writer (writer, attempt) VALUES ('" + WRITER + "', 1)");
    live(1, 4);
    assertThat(text(get(path))).contains("\"event_count\":13", "\"status\":\"live\"");
    live(2, 6);
    assertThat(text(get(path))).contains("\"event_count\":15");
    sql("UPDATE weir.head SET live_base = 1");
    assertThat(text(get(path))).contains("\"event_count\":9");

    sql("DELETE FROM weir.coverage");
    assertThat(text(get(path))).as("rolled back").contains("\"event_count\":7");
  }

  private static final String CLEAR = "/api/v1/cache/clear";

  private static final String WRITER = "00000000-0000-0000-0000-000000000001";

  @Test
  void computesAnAnswerOnceForAllInstances() throws Exception {
    commit(1, 5);
    Path pipeline = Files.writeString(folder.resolve("same.yaml"), RunningServer.DECLARATION);
    try (var another =
        WeirServing.serve(
            ServingOptions.parse(
                List.of(
                    "serve",
                    "--pipeline=" + pipeline,
                    "--database.url=" + server.database().jdbcUrl(),
                    "--database.user=" + server.database().user(),
                    "--roll-ups.seconds=0",
                    "--cache.redis=" + redis.address(),
                    "--server.port=0"),
                Map.of()))) {
      URI there =
          URI.create(
              "http://127.0.0.1:" + another.getEnvironment().getProperty("local.server.port"));
      HttpRequest request = HttpRequest.newBuilder(there.resolve(ROWS)).build();
      // Again where the machine is busy: Redis is not waited for, and each then computes its own.
      await()
          .atMost(Duration.ofMinutes(1))
          .untilAsserted(
              () -> {
                assertThat(post(server.uri(CLEAR))).isEqualTo(204);
                assertThat(post(there.resolve(CLEAR))).isEqualTo(204);
                sql("UPDATE " + TABLES.speedTable() + " SET event_count = 5");
                String answer = text(get(ROWS));
                // What no layer does: rows change without a commit. Whoever still says 5 did not
                // ask again.
                sql("UPDATE " + TABLES.speedTable() + " SET event_count = 6");
                assertThat(answer).contains("\"event_count\":5");
                assertThat(text(get(ROWS))).isEqualTo(answer);
                assertThat(client.send(request, BodyHandlers.ofString()).body()).isEqualTo(answer);
              });
    }
    awaitCleared();
    assertThat(text(get(ROWS))).contains("\"event_count\":6");
  }

  @ParameterizedTest
  @MethodSource("paths")
  void noReaderSeesAnOlderVersionThanWasPublished(String path) throws Exception {
    commit(1, 1);
    AtomicLong published = new AtomicLong(1);
    AtomicBoolean going = new AtomicBoolean(true);
    ExecutorService readers = Executors.newFixedThreadPool(4);
    List<Future<Integer>> answers = new ArrayList<>();
    for (int reader = 0; reader < 4; reader++) {
      answers.add(
          readers.submit(
              () -> {
                int asked = 0;
                while (going.get()) {
                  long atLeast = published.get();
                  assertThat(events(text(get(path)))).isGreaterThanOrEqualTo(atLeast);
                  asked++;
                }
                return asked;
              }));
    }
    for (int version = 1; version <= 60; version++) {
      publish(version, 1, version + 1);
      published.set(version + 1);
    }
    going.set(false);
    for (Future<Integer> answer : answers) {
      assertThat(answer.get(20, TimeUnit.SECONDS)).isPositive();
    }
    readers.shutdown();
  }

  private static long events(String answer) {
    String name = "\"event_count\":";
    int at = answer.indexOf(name) + name.length();
    return Long.parseLong(answer.substring(at, answer.indexOf('}', at)));
  }

  private static void commit(long commit, long events) {
    sql(
        ("INSERT INTO %s (commit" + COLUMNS + " VALUES (%d" + PLACE)
            .formatted(TABLES.speedTable(), commit, events));
    sql(
        "SELECT weir.note_digests('speed', '%s', '%s', '{2026-03-01T10:00Z}', %d)"
            .formatted(TABLES.cube().name(), TABLES.cube().definitionHash(), commit));
    sql("UPDATE weir.head SET commit = %d, last_commit = %1$d".formatted(commit));
  }

  private static void live(long seq, long events) {
    sql(
        ("INSERT INTO %s (writer, base, series, seq"
                + COLUMNS
                + " VALUES ('%s', 0, '%2$s', %d"
                + PLACE
                + " ON CONFLICT (writer, base, series) DO UPDATE SET seq = excluded.seq, event_count = excluded.event_count")
            .formatted(TABLES.liveTable(), WRITER, seq, events));
  }

  private static void publish(long version, long through, long events) {
    sql(
        "BEGIN; INSERT INTO weir.batch_run (kind, version, state, through_commit) OVERRIDING SYSTEM VALUE VALUES ('run', %d, 'published', %d);"
                .formatted(version, through)
            + "INSERT INTO %s (version".formatted(TABLES.batchMinuteTable())
            + COLUMNS
            + (" VALUES (%d" + PLACE + ";").formatted(version, events)
            + "INSERT INTO %s (version".formatted(TABLES.batchHourTable())
            + COLUMNS
            + (" VALUES (%d" + PLACE + ";").formatted(version, events)
            + "INSERT INTO weir.coverage (cube, definition_hash, event_hour, version, absorbed_through) VALUES ('traffic', '%s', '2026-03-01T10:00Z', %d, %d)"
                .formatted(TABLES.cube().definitionHash(), version, through)
            + " ON CONFLICT (cube, definition_hash, event_hour) DO UPDATE SET version = excluded.version, absorbed_through = excluded.absorbed_through; COMMIT");
  }

  private static void sql(String statement) {
    server.database().execute(statement);
  }

  private static String text(HttpResponse<byte[]> response) {
    assertThat(response.statusCode()).isEqualTo(200);
    return new String(response.body(), StandardCharsets.UTF_8);
  }

  private HttpResponse<byte[]> get(String path, String... headers) throws Exception {
    return server.bytes(path, headers);
  }

  private int post(URI uri) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri).POST(HttpRequest.BodyPublishers.noBody()).build();
    return client.send(request, BodyHandlers.ofString()).statusCode();
  }
}
