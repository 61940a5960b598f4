package dev.weir.serving.api;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.db.CubeTables;
import dev.weir.pipeline.Pipeline;
import dev.weir.pipeline.PipelineReader;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Some hundred thousand rows in one answer. */
class BigAnswersITCase {
  private static final int SERIES = 180;
  private static final int MINUTES = 1_440;
  private static final int ROWS = SERIES * MINUTES;
  private static final long MEGABYTE = 1 << 20;
  private static final String ALL =
      "/api/v1/cubes/traffic/rows?dimensions=event_type,country&from=2026-03-01&to=2026-03-02";

  private static final MovableClock CLOCK = new MovableClock();

  @TempDir private static Path folder;
  private static RunningServer server;

  @BeforeAll
  static void start() throws IOException {
    server = new RunningServer(folder, CLOCK);
    Pipeline pipeline = PipelineReader.read(RunningServer.DECLARATION);
    String table = CubeTables.of(pipeline, pipeline.cubes().get(0)).speedTable();
    server.database().query("SELECT weir.ensure_day('" + table + "'::regclass, '2026-03-01')");
    server
        .database()
        .execute(
            ("INSERT INTO %s (commit, event_hour, bucket, event_type, country, event_count, value_count, value_sum)"
                    + " SELECT 1, date_trunc('hour', b), b, 'type ' || s %% 10, 'country ' || s / 10, s + 1, 0, 0"
                    + " FROM generate_series('2026-03-01T00:00Z', '2026-03-01T23:59Z', interval '1 minute') AS b,"
                    + " generate_series(0, %d) AS s; UPDATE weir.head SET commit = 1, last_commit = 1; ANALYZE")
                .formatted(table, SERIES - 1));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void areSentRowByRowWithoutBeingKept() throws Exception {
    var answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(server.uri(ALL))
                    .header("Accept", "application/x-ndjson")
                    .build(),
                BodyHandlers.ofInputStream());
    assertThat(answer.statusCode()).isEqualTo(200);
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/x-ndjson");
    int rows = 0;
    long before = 0;
    long events = 0;
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        assertThat(line).startsWith("{\"bucket\":\"2026-03-01T").endsWith("}");
        int at = line.indexOf("\"event_count\":") + "\"event_count\":".length();
        events += Long.parseLong(line.substring(at, line.indexOf(',', at)));
        rows++;
        if (rows == ROWS / 10) {
          before = usedBytes();
        } else if (rows == ROWS - ROWS / 10) {
          assertThat(usedBytes() - before)
              .as("memory of 80 % of the rows")
              .isLessThan(24 * MEGABYTE);
        }
      }
    }
    assertThat(rows).isEqualTo(ROWS);
    assertThat(events).isEqualTo((long) MINUTES * SERIES * (SERIES + 1) / 2);
  }

  @Test
  void keepToALimit() throws Exception {
    assertThat(server.get(ALL + "&format=ndjson&limit=3&offset=2").body().lines()).hasSize(3);
    assertThat(server.get(ALL + "&format=ndjson&limit=3").body().lines()).hasSize(3);
    assertThat(server.json(ALL).get("rows").size()).isEqualTo(1000);
    assertThat(server.get(ALL + "&limit=20001").statusCode()).isEqualTo(400);
    assertThat(server.get(ALL + "&format=ndjson&totals=true").body())
        .contains("totals: only pages of JSON have a place for them");
    assertThat(server.get(ALL + "&format=html").body()).contains("format: 'html' is not a format");
  }

  /** Nobody must take half of an answer for all of it. */
  @Test
  void endTheConnectionWhenTheyFail() throws Exception {
    var answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(server.uri(ALL + "&format=ndjson")).build(),
                BodyHandlers.ofInputStream());
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
      assertThat(lines.readLine()).startsWith("{");
      await()
          .atMost(Duration.ofMinutes(1))
          .until(
              () ->
                  server
                      .database()
                      .query(
                          "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity WHERE datname = current_database() AND state = 'idle in transaction'")
                      .equals("1"));
      assertThatThrownBy(
              () -> {
                while (lines.readLine() != null) {
                  // Goes on until the answer breaks off.
                }
              })
          .isInstanceOf(IOException.class);
    }
  }

  /** A slow reader must not hold a connection for ever. */
  @Test
  void endAfterTenMinutesHoweverSlowTheReaderIs() throws Exception {
    var answer =
        HttpClient.newHttpClient()
            .send(
                HttpRequest.newBuilder(server.uri(ALL + "&format=csv")).build(),
                BodyHandlers.ofInputStream());
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
      assertThat(lines.readLine()).contains("event_count");
      CLOCK.forward(Duration.ofMinutes(10));
      assertThatThrownBy(
              () -> {
                while (lines.readLine() != null) {
                  // Goes on until the answer breaks off.
                }
              })
          .isInstanceOf(IOException.class);
    }
    assertThat(server.get(ALL + "&format=ndjson&limit=3").body().lines()).hasSize(3);
  }

  /** What the filters have set for every answer is set for a refusal, too. */
  @Test
  void areRefusedLikeEverythingElse() throws Exception {
    HttpResponse<String> refused = server.get(ALL + "&format=ndjson&totals=true");
    assertThat(refused.statusCode()).isEqualTo(400);
    assertRefusal(refused);

    server.database().execute("ALTER TABLE weir.coverage RENAME TO elsewhere");
    try {
      HttpResponse<String> failed = server.get(ALL + "&format=csv");
      assertThat(failed.statusCode()).isEqualTo(500);
      assertRefusal(failed);
    } finally {
      server.database().execute("ALTER TABLE weir.elsewhere RENAME TO coverage");
    }
  }

  private static void assertRefusal(HttpResponse<String> answer) {
    assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(answer.headers().firstValue("Content-Disposition")).isEmpty();
    assertThat(answer.headers().firstValue("Content-Security-Policy")).isPresent();
    assertThat(answer.headers().firstValue("X-Content-Type-Options")).hasValue("nosniff");
    assertThat(answer.headers().firstValue("Cache-Control")).hasValue("no-store");
  }

  private static long usedBytes() {
    System.gc();
    return Runtime.getRuntime().totalMemory() - Runtime.getRuntime().freeMemory();
  }
}
