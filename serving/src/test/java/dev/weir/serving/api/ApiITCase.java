package dev.weir.serving.api;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.db.CubeTables;
import dev.weir.pipeline.Pipeline;
import dev.weir.pipeline.PipelineReader;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

/** The HTTP API of the running application: answers, refusals, headers. */
class ApiITCase {
  private static final String RANGE = "from=2026-03-01T10:00:00Z&to=2026-03-01T12:00:00Z";

  @TempDir private static Path folder;
  private static RunningServer server;

  @BeforeAll
  static void start() throws IOException {
    server = new RunningServer(folder);
    Pipeline pipeline = PipelineReader.read(RunningServer.DECLARATION);
    CubeTables tables = CubeTables.of(pipeline, pipeline.cubes().get(0));
    server
        .database()
        .query("SELECT weir.ensure_day('" + tables.speedTable() + "'::regclass, '2026-03-01')");
    server
        .database()
        .execute(
            "INSERT INTO "
                + tables.speedTable()
                + """
                 (commit, event_hour, bucket, event_type, country, event_count, value_count, value_sum, value_min, value_max,
                  value_sketch, user_id_hll) VALUES
                  (1, '2026-03-01T10:00Z', '2026-03-01T10:00Z', 'buy', 'DE', 3, 2, 300, 100, 200, ROW('{100,136}', '{1,1}'), '\\x000101'),
                  (1, '2026-03-01T10:00Z', '2026-03-01T10:01Z', 'buy', 'CH', 2, 2, 50, 20, 30, ROW('{20,30}', '{1,1}'), '\\x000102'),
                  (2, '2026-03-01T10:00Z', '2026-03-01T10:01Z', 'view', NULL, 7, 1, 0, 0, 0, ROW('{0}', '{1}'), '\\x000201'),
                  (2, '2026-03-01T11:00Z', '2026-03-01T11:30Z', 'it''s "odd"; -- x', 'DE', 1, 0, 0, NULL, NULL, NULL, '')""");
    server
        .database()
        .execute(
            """
            INSERT INTO weir.journal VALUES (1, '{}'), (2, '{}');
            INSERT INTO weir.ledger (commit, uuid, parent, attempt, job_id, checkpoint, min_event_time, max_event_time) VALUES
              (1, gen_random_uuid(), gen_random_uuid(), 1, 'job', 1, '2026-03-01T10:00Z', '2026-03-01T10:01:30Z'),
              (2, gen_random_uuid(), gen_random_uuid(), 1, 'job', 2, '2026-03-01T10:01Z', '2026-03-01T11:30:10Z');
            UPDATE weir.head SET commit = 2, last_commit = 2;
            INSERT INTO weir.ledger_source VALUES (2, 'clicks', 14, 13, 0, 1, 0);
            INSERT INTO weir.dead_letter_count VALUES (2, 'clicks', 'MALFORMED_JSON', 1);
            INSERT INTO weir.dead_letter_sample VALUES (2, 'clicks', 'clicks', 0, 7, now(), 'MALFORMED_JSON', 'no brace', '{')""");
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void describesTheCubes() throws Exception {
    JsonNode cube = server.json("/api/v1/cubes").get("cubes").get(0);

    assertThat(cube.get("name").asString()).isEqualTo("traffic");
    assertThat(cube.get("dimensions").toString()).isEqualTo("[\"event_type\",\"country\"]");
    assertThat(cube.get("measures").findValuesAsString("name"))
        .containsExactly(
            "event_count",
            "value_count",
            "value_sum",
            "value_min",
            "value_max",
            "value_avg",
            "value_p95",
            "user_id_distinct");
    assertThat(cube.get("backfilling").asBoolean()).isFalse();
  }

  @Test
  void mergesOverTheDimensionsThatAreNotAskedFor() throws Exception {
    String answer =
        server
            .get("/api/v1/cubes/traffic/rows?granularity=hour&dimensions=event_type&" + RANGE)
            .body();

    assertThat(answer)
        .contains("\"dimensions\":[\"event_type\"],\"status\":\"committed\",\"commit\":2,")
        .contains(
            "{\"bucket\":\"2026-03-01T10:00:00Z\",\"status\":\"committed\",\"dimensions\":{\"event_type\":\"buy\"},"
                + "\"measures\":{\"event_count\":5,\"value_count\":4,\"value_sum\":0.350,\"value_min\":0.020,"
                + "\"value_max\":0.200,\"value_avg\":0.0875000,\"value_p95\":0.145,\"user_id_distinct\":1}}")
        .as("no number in scientific notation")
        .contains(
            "\"value_sum\":0.000,\"value_min\":0.000,\"value_max\":0.000,\"value_avg\":0.0000000,")
        .contains("\"value_count\":0,\"value_sum\":null,");
  }

  @Test
  void totalsTheRangeLargestFirst() throws Exception {
    JsonNode answer =
        server.json(
            "/api/v1/cubes/traffic/rows?granularity=total&dimensions=country&measures=event_count&"
                + RANGE);

    assertThat(answer.get("rows").toString())
        .isEqualTo(
            "[{\"bucket\":null,\"status\":\"committed\",\"dimensions\":{\"country\":null},\"measures\":{\"event_count\":7}},"
                + "{\"bucket\":null,\"status\":\"committed\",\"dimensions\":{\"country\":\"DE\"},\"measures\":{\"event_count\":4}},"
                + "{\"bucket\":null,\"status\":\"committed\",\"dimensions\":{\"country\":\"CH\"},\"measures\":{\"event_count\":2}}]");
  }

  @Test
  void answersNoRowsAndNoStatusWhereNothingHappened() throws Exception {
    for (String granularity : List.of("minute", "hour", "day", "total")) {
      JsonNode answer =
          server.json(
              "/api/v1/cubes/traffic/rows?from=2025-01-01&to=2025-01-02&granularity="
                  + granularity);
      assertThat(answer.get("rows").size()).isZero();
      assertThat(answer.get("status").isNull()).isTrue();
    }
  }

  @Test
  void filtersByValuesAndAbsence() throws Exception {
    assertThat(events("filter.country=DE")).isEqualTo(4);
    assertThat(events("filter.country=DE&filter.country=CH")).isEqualTo(6);
    assertThat(events("absent=country")).isEqualTo(7);
    assertThat(events("filter.country=CH&absent=country")).isEqualTo(9);
    assertThat(events("filter.country=DE&filter.event_type=buy")).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "it's \"odd\"; -- x",
        "' OR 1=1 --",
        "'; DROP SCHEMA weir CASCADE; --",
        "\\",
        "$1",
        ":from",
        "${view}",
        "DE') OR ('1'='1",
        "{a,b}",
        "%",
        "NULL"
      })
  void aFilterIsAValueAndNothingElse(String value) throws Exception {
    long expected = value.startsWith("it's") ? 1 : 0;
    assertThat(events("filter.event_type=" + RunningServer.encoded(value))).isEqualTo(expected);

    for (String parameter :
        List.of("from", "granularity", "dimensions", "measures", "absent", "limit", "offset")) {
      assertThat(
              server
                  .get(
                      "/api/v1/cubes/traffic/rows?"
                          + parameter
                          + "="
                          + RunningServer.encoded(value))
                  .statusCode())
          .as(parameter)
          .isEqualTo(400);
    }
    assertThat(
            server
                .get("/api/v1/cubes/traffic/rows?" + RunningServer.encoded(value) + "=1")
                .statusCode())
        .isEqualTo(400);
    assertThat(events("")).isEqualTo(13);
  }

  @Test
  void reportsAllBadParametersAtOnce() throws Exception {
    HttpResponse<String> response =
        server.get(
            "/api/v1/cubes/traffic/rows?from=2026-03-02&to=2026-03-01&dimensions=city&granularity=fortnight&limit=0&colour=red&filter.city=x");

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(response.body())
        .contains(
            "colour: there is no such parameter; use from, to, tz, granularity",
            "filter.city: the cube traffic has no such dimension; use event_type, country",
            "granularity: 'fortnight' is not a granularity; use minute, hour, day, week, month, total",
            "from: it is not before to (2026-03-01T00:00:00Z); exchange the two",
            "dimensions: the cube traffic has no 'city'; use event_type, country",
            "limit: '0' is not usable; use a whole number from 1 to 20000");
  }

  @Test
  void refusesLongRangesAndUnreadableTimes() throws Exception {
    assertThat(server.get("/api/v1/cubes/traffic/rows?from=2026-01-01&to=2026-03-01").body())
        .contains(
            "from: a range by minute may span at most 31 days; shorten it or choose a coarser granularity");
    assertThat(server.get("/api/v1/cubes/traffic/rows?from=yesterday").body())
        .contains(
            "from: 'yesterday' is not a time; use ISO-8601 with a zone, such as 2026-01-31T13:00:00Z, a local 2026-01-31T13:00, a date, or now-24h or now-7d/d");
  }

  @Test
  void namesTheCubesThereAre() throws Exception {
    HttpResponse<String> response = server.get("/api/v1/cubes/nothing/rows");

    assertThat(response.statusCode()).isEqualTo(404);
    assertThat(response.body()).contains("There is no cube nothing; the cubes are traffic.");
  }

  @Test
  void averagesLargeNumbersToTheLastPlace() throws Exception {
    Pipeline pipeline = PipelineReader.read(RunningServer.DECLARATION);
    String table = CubeTables.of(pipeline, pipeline.cubes().get(0)).speedTable();
    server
        .database()
        .execute(
            "INSERT INTO "
                + table
                + " (commit, event_hour, bucket, event_count, value_count, value_sum, value_min, value_max) VALUES"
                + " (2, '2026-03-01T20:00Z', '2026-03-01T20:00Z', 3, 3, 100000000000000001, 1, 100000000000000000)");
    String range = "from=2026-03-01T20:00:00Z&to=2026-03-01T21:00:00Z";

    assertThat(server.get("/api/v1/cubes/traffic/rows?granularity=hour&" + range).body())
        .contains("\"value_avg\":33333333333333.3336667,");
    assertThat(
            server
                .database()
                .query(
                    "SELECT value_avg FROM serving.traffic_hour WHERE bucket = '2026-03-01T20:00Z'"))
        .isEqualTo("33333333333333.3336667");
    server.database().execute("DELETE FROM " + table + " WHERE bucket = '2026-03-01T20:00Z'");
  }

  @Test
  void aQuestionThatCannotSucceedIsNotAnOutage() throws Exception {
    server.database().execute("ALTER VIEW serving.reconciliation RENAME TO elsewhere");
    try {
      assertThat(server.get("/api/v1/reconciliation").statusCode()).isEqualTo(500);
    } finally {
      server.database().execute("ALTER VIEW serving.elsewhere RENAME TO reconciliation");
    }
  }

  @Test
  void pagesThroughAllRows() throws Exception {
    JsonNode first =
        server.json("/api/v1/cubes/traffic/rows?dimensions=event_type,country&limit=3&" + RANGE);
    assertThat(first.get("rows").size()).isEqualTo(3);
    assertThat(first.get("next_offset").asInt()).isEqualTo(3);

    JsonNode second =
        server.json(
            "/api/v1/cubes/traffic/rows?dimensions=event_type,country&limit=3&offset=3&" + RANGE);
    assertThat(second.get("rows").size()).isEqualTo(1);
    assertThat(second.get("next_offset").isNull()).isTrue();
  }

  @Test
  void tellsHealthFreshnessReconciliationAndDeadLetters() throws Exception {
    assertThat(server.json("/health").get("status").asString()).isEqualTo("up");
    assertThat(server.json("/health").get("commit").asLong()).isEqualTo(2);
    assertThat(server.json("/api/v1/freshness").get("parts").findValuesAsString("part"))
        .containsExactly("live", "committed", "reconciled");
    assertThat(server.json("/api/v1/freshness").get("newest_event_time").asString())
        .isEqualTo("2026-03-01T11:30:10Z");
    assertThat(server.json("/api/v1/reconciliation").get("runs").size()).isZero();
    JsonNode deadLetters = server.json("/api/v1/dead-letters");
    assertThat(deadLetters.get("reasons").get(0).get("sample").asString()).isEqualTo("{");
    assertThat(deadLetters.get("conservation").get(0).get("holds").asBoolean()).isTrue();
  }

  @Test
  void namesWhatIsWrongAndWhatIsSealed() throws Exception {
    server
        .database()
        .execute(
            """
            INSERT INTO weir.batch_run (kind, state, through_commit, finished_at) VALUES ('verify', 'verified', 2, now());
            INSERT INTO weir.reconciliation (version, check_name, subject, event_hour, agrees, compared, detail)
            SELECT version, 'archive-complete', 'a.parquet', '2026-03-01T10:00Z', false, 7, 'is missing' FROM weir.batch_run;
            INSERT INTO weir.sealed_hour (event_hour, reason, detail) VALUES ('2026-03-01T11:00Z', 'damaged', 'b.parquet is gone')""");
    try {
      JsonNode answer = server.json("/api/v1/reconciliation");
      assertThat(answer.get("runs").get(0).get("kind").asString()).isEqualTo("verify");
      assertThat(answer.get("totals").get("disagreements").asLong()).isEqualTo(1);
      assertThat(answer.get("totals").get("sealed_hours").asLong()).isEqualTo(1);
      JsonNode disagreement = answer.get("disagreements").get(0);
      assertThat(disagreement.get("subject").asString()).isEqualTo("a.parquet");
      assertThat(disagreement.get("event_hour").asString()).startsWith("2026-03-01T10:00:00");
      assertThat(disagreement.get("detail").asString()).isEqualTo("is missing");
      assertThat(answer.get("sealed_hours").get(0).get("reason").asString()).isEqualTo("damaged");
    } finally {
      server
          .database()
          .execute(
              "DELETE FROM weir.reconciliation; DELETE FROM weir.batch_run; DELETE FROM weir.sealed_hour");
    }
  }

  @Test
  void answersAsThePageSays() throws Exception {
    assertThat(new ApiPage(server).wrongExamples()).isEmpty();
  }

  @Test
  void sendsLiveRows() throws Exception {
    try (Stream<String> lines =
        server.stream("/api/v1/cubes/traffic/live?measures=event_count").body()) {
      List<String> event = lines.takeWhile(line -> !line.isEmpty()).toList();
      assertThat(event)
          .contains("event:rows", "retry:2000")
          .anyMatch(line -> line.matches("id:2-[0-9]+"))
          .anyMatch(
              line ->
                  line.startsWith("data:{\"cube\":\"traffic\",\"granularity\":\"minute\"")
                      && line.contains("\"commit\":2"));
    }
    assertThat(server.get("/api/v1/cubes/traffic/live?from=2026-03-01&measures=x").body())
        .contains(
            "from: live rows are always the last three minutes; leave it out",
            "measures: the cube traffic has no 'x'");
    assertThat(server.get("/api/v1/cubes/nothing/live").statusCode()).isEqualTo(404);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "cubes",
        "cubes/traffic",
        "freshness",
        "reconciliation",
        "dead-letters",
        "me",
        "audit",
        "cubes/traffic/rows",
        "cubes/traffic/live"
      })
  void refusesParametersThatNobodyReads(String operation) throws Exception {
    HttpResponse<String> response = server.get("/api/v1/" + operation + "?limt=5&colour=red");

    assertThat(response.statusCode()).isEqualTo(400);
    assertThat(response.headers().firstValue("Content-Type")).hasValue("application/problem+json");
    assertThat(response.body())
        .contains("colour: there is no such parameter", "limt: there is no such parameter");
  }

  @Test
  void saysWhichParametersThereAre() throws Exception {
    assertThat(server.get("/api/v1/freshness?colour=red").body())
        .contains("colour: there is no such parameter; leave it out");
    assertThat(server.get("/api/v1/audit?limit=1&colour=red").body())
        .contains("colour: there is no such parameter; use before, limit");
    assertThat(server.get("/api/v1/audit?limit=1").statusCode()).isEqualTo(200);
    assertThat(server.get("/api/v1/freshness?").statusCode()).isEqualTo(200);
    // A name may be written otherwise.
    assertThat(server.get("/api/v1/audit?l%69mit=0").body()).contains("limit: it is not usable");
  }

  private static long events(String filter) throws Exception {
    JsonNode rows =
        server
            .json(
                "/api/v1/cubes/traffic/rows?granularity=total&measures=event_count&"
                    + RANGE
                    + (filter.isEmpty() ? "" : "&" + filter))
            .get("rows");
    return rows.isEmpty() ? 0 : rows.get(0).get("measures").get("event_count").asLong();
  }
}
