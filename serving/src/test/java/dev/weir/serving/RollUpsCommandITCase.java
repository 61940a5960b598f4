package dev.weir.serving;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.db.TestDatabase;
import dev.weir.event.Event;
import dev.weir.event.RandomEvents;
import dev.weir.pipeline.Pipeline;
import dev.weir.pipeline.PipelineReader;
import dev.weir.serving.api.RunningServer;
import dev.weir.serving.rollup.RollUpTables;
import dev.weir.serving.rollup.RollUps;
import dev.weir.serving.view.ServedLog;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The roll-ups from the command line. */
class RollUpsCommandITCase {
  private static final Pipeline PIPELINE = PipelineReader.read(RunningServer.DECLARATION);

  @TempDir Path folder;

  private String out;
  private String err;

  @Test
  void verifiesAndRepairs() throws IOException {
    try (ServedLog log = new ServedLog(PIPELINE)) {
      List<Event> events = new RandomEvents(PIPELINE, 3).duplicateShare(0).list(60);
      log.commit(1, 1, events);
      RollUps rollUps = new RollUps(log.database().dataSource(), PIPELINE, Clock.systemUTC());
      rollUps.refresh();
      assertThat(run(log.database(), "verify")).isZero();
      assertThat(out).matches("roll-ups: [1-9][0-9]* rows compared, all agree\\R");
      String whole = out;
      String table = new RollUpTables(log.tables()).hour();
      log.database()
          .execute(
              "UPDATE %1$s SET event_count = 7777 WHERE ctid = (SELECT max(ctid) FROM %1$s)"
                  .formatted(table));

      assertThat(run(log.database(), "verify")).isEqualTo(1);
      assertThat(out)
          .contains("! roll-ups: event hour ", table + ": 1 row is altered; ")
          .endsWith("1 wrong roll-up: run 'weir repair'.\n");
      assertThat(
              run(
                  log.database(),
                  "verify",
                  "--from=2001-01-01T00:00:00Z",
                  "--to=2001-01-02T00:00:00Z"))
          .isZero();
      assertThat(out).isEqualTo("roll-ups: there are none to compare\n");
      assertThat(run(log.database(), "repair")).isZero();
      assertThat(out).contains("1 wrong roll-up taken back: ").contains("roll-ups: ");
      rollUps.refresh();
      assertThat(run(log.database(), "verify")).isZero();
      assertThat(out).isEqualTo(whole);
    }
  }

  /** An answer of a wrong roll-up is kept like any other. */
  @Test
  void whatWasKeptOfATakenBackRollUpIsNotGivenAnyMore() throws Exception {
    try (ServedLog log = new ServedLog(PIPELINE)) {
      log.commit(1, 1, new RandomEvents(PIPELINE, 3).duplicateShare(0).list(60));
      new RollUps(log.database().dataSource(), PIPELINE, Clock.systemUTC()).refresh();
      String table = new RollUpTables(log.tables()).hour();
      log.database().execute("UPDATE %s SET event_count = event_count + 1000".formatted(table));
      Path pipeline = Files.writeString(folder.resolve("own.yaml"), RunningServer.DECLARATION);
      try (var server =
          WeirServing.serve(
              ServingOptions.parse(
                  List.of(
                      "serve",
                      "--pipeline=" + pipeline,
                      "--database.url=" + log.database().jdbcUrl(),
                      "--database.user=" + log.database().user(),
                      "--roll-ups.seconds=0",
                      "--server.port=0"),
                  Map.of()))) {
        HttpRequest question =
            HttpRequest.newBuilder(
                    URI.create(
                        "http://127.0.0.1:%s/api/v1/cubes/traffic/rows?from=2026-03-01&to=2026-04-10&granularity=total&measures=event_count"
                            .formatted(server.getEnvironment().getProperty("local.server.port"))))
                .build();
        String wrong = answer(question);
        assertThat(wrong).contains("\"event_count\":").doesNotContain("\"event_count\":60");
        log.database().execute("UPDATE %s SET event_count = event_count + 1000".formatted(table));
        assertThat(answer(question)).as("kept").isEqualTo(wrong);

        assertThat(run(log.database(), "repair")).isZero();

        assertThat(answer(question)).contains("\"event_count\":60");
      }
    }
  }

  private static String answer(HttpRequest question) throws Exception {
    return HttpClient.newHttpClient().send(question, BodyHandlers.ofString()).body();
  }

  @Test
  void saysWhatIsWrong() throws IOException {
    try (TestDatabase empty = TestDatabase.empty()) {
      assertThat(run(empty, "verify", "--from=yesterday", "--to=2026-01-01T00:30:00Z"))
          .isEqualTo(2);
      assertThat(err)
          .contains(
              "--from must be a full hour in ISO-8601, as 2026-01-01T00:00:00Z (it is yesterday)",
              "--to must be a full hour in ISO-8601");
      assertThat(run(empty, "verify", "--from=2026-01-01T00:00:00Z")).isEqualTo(2);
      assertThat(err).contains("--from and --to are given together");
      assertThat(run(empty, "verify", "--from=2026-01-01T00:00:00Z", "--to=2026-01-01T00:00:00Z"))
          .isEqualTo(2);
      assertThat(err).contains("--from must be before --to");
      assertThat(run(empty, "mend")).isEqualTo(2);
      assertThat(err).contains("roll-ups verify|repair");
      assertThat(run(empty, "verify")).isEqualTo(1);
      assertThat(err).contains("has serve or migrate been run?");
      assertThat(out).isEmpty();
    }
  }

  private int run(TestDatabase database, String... words) throws IOException {
    Path pipeline = Files.writeString(folder.resolve("pipeline.yaml"), RunningServer.DECLARATION);
    List<String> arguments = new ArrayList<>(List.of("roll-ups"));
    arguments.addAll(List.of(words));
    arguments.add("--pipeline=" + pipeline);
    arguments.add("--database.url=" + database.jdbcUrl());
    arguments.add("--database.user=" + database.user());
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    int code =
        RollUpsCommand.run(
            arguments,
            Map.of(),
            new PrintStream(printed, true, StandardCharsets.UTF_8),
            new PrintStream(said, true, StandardCharsets.UTF_8));
    out = printed.toString(StandardCharsets.UTF_8);
    err = said.toString(StandardCharsets.UTF_8);
    return code;
  }
}
