package dev.weir.local.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.aggregate.MeasureLayout;
import dev.weir.local.part.LocalParts;
import dev.weir.local.part.PartRunner;
import dev.weir.local.runtime.DataDirectory;
import dev.weir.local.runtime.PartRecord;
import dev.weir.local.runtime.StrayProcesses;
import dev.weir.oracle.SeededStream;
import dev.weir.oracle.ServedCube;
import dev.weir.pipeline.Pipeline;
import dev.weir.pipeline.PipelineReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The whole product on real parts, started once: a seeded stream, the real access log through Kafka
 * and through a directory, and the JSON parsing suite, compared with the naive oracle at each
 * moment of the life of a number: from the speed layer alone, after a batch run, after more late
 * events on top of it, after a stop and a start, and after parts were killed.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class EndToEndITCase {

  private static final int FIRST_LINES = 60_000;
  private static final int LATER_LINES = 20_000;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private Path folder;
  private WeirCommand weir;
  private Pipeline pipeline;
  private MeasureLayout layout;
  private SeededStream stream;

  @BeforeAll
  void up(@TempDir Path temporary) throws Exception {
    folder = temporary;
    Path logs = Files.createDirectories(folder.resolve("access logs"));
    String declaration =
        new String(
                getClass().getResourceAsStream("/endtoend/pipeline.yaml").readAllBytes(),
                StandardCharsets.UTF_8)
            .replace("@LOGS@", logs.toUri().toString());
    Path file = Files.writeString(folder.resolve("pipeline.yaml"), declaration);
    pipeline = PipelineReader.read(file);
    layout = pipeline.cubes().get(0).layout();
    stream = new SeededStream(20260301, layout);
    weir = new WeirCommand(folder.resolve("data dir"));
    weir.succeed("up", "--pipeline", file.toString());
    AccessLog.copyTo(logs.resolve("apache_logs.gz"));
    AccessLog.copyTo(folder.resolve("apache_logs.gz"));
  }

  @AfterAll
  void down() throws Exception {
    weir.succeed("down");
    assertThat(StrayProcesses.find(data(), Set.of())).isEmpty();
  }

  private DataDirectory data() {
    return DataDirectory.create(weir.data());
  }

  @Test
  @Order(1)
  void accessLogThroughKafkaAndThroughTheDirectoryIsCountedExactly() throws Exception {
    weir.succeed("produce", "access", folder.resolve("apache_logs.gz").toString());
    for (String origin : List.of("access", "logs")) {
      awaitCommitted(origin, AccessLog.PARSED);
      try (Connection connection = weir.connect()) {
        AccessLog.assertServed(connection, origin);
      }
    }
  }

  @Test
  @Order(2)
  void speedLayerAloneEqualsTheOracle() throws Exception {
    try (TotalsWatcher watcher = produce(FIRST_LINES)) {
      awaitCommitted("clicks", stream.unique());
      assertThat(watcher.violations()).isEmpty();
      assertThat(watcher.polls()).isGreaterThan(10);
    }
    assertServedEqualsTruth();
    assertConservation();
  }

  @Test
  @Order(3)
  void afterABatchRunTheNumbersAreTheSame() throws Exception {
    try (TotalsWatcher watcher = new TotalsWatcher(weir, stream.unique());
        Connection connection = weir.connect()) {
      weir.succeed("batch");
      assertThat(watcher.violations()).isEmpty();
      for (String origin : List.of("clicks", "access", "logs")) {
        assertThat(ServedCube.statuses(connection, origin)).containsExactly("reconciled");
      }
      AccessLog.assertServed(connection, "access");
      AccessLog.assertServed(connection, "logs");
    }
    assertServedEqualsTruth();
    assertReconciled();
  }

  @Test
  @Order(4)
  void lateEventsOnTopOfABatchRunShowAtOnce() throws Exception {
    try (TotalsWatcher watcher = produce(LATER_LINES)) {
      awaitCommitted("clicks", stream.unique());
      weir.succeed("batch");
      assertThat(watcher.violations()).isEmpty();
    }
    assertServedEqualsTruth();
    assertReconciled();
  }

  @Test
  @Order(5)
  void everyCaseOfTheJsonSuiteIsADeadLetterOrCountedAndNothingStalls() throws Exception {
    JsonSuite suite = JsonSuite.load();
    suite.produce(weir.endpoint("kafka"), "cases");
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                number(
                        "SELECT coalesce(sum(records_in), 0) FROM weir.ledger_source WHERE source = 'cases'")
                    == suite.size());
    assertThat(
            number(
                "SELECT sum(counted) + sum(dead_lettered) FROM weir.ledger_source WHERE source = 'cases'"))
        .isEqualTo(suite.size());
    suite.assertRejected(weir, pipeline, 3);
    assertThat(number("SELECT count(DISTINCT attempt) FROM weir.ledger"))
        .as("the job never restarted")
        .isEqualTo(1);
  }

  @Test
  @Order(6)
  void downAndUpGoesOnWithTheSameTotals() throws Exception {
    String before = Files.readString(data().endpoints());
    assertThat(weir.succeed("up")).contains("Weir is already running in " + weir.data());
    Path temporary = weir.data().resolve(DataDirectory.TEMPORARY);
    assertThat(temporary).isNotEmptyDirectory();
    assertThat(weir.succeed("down")).contains("Weir has stopped in " + weir.data());
    assertThat(StrayProcesses.find(data(), Set.of())).isEmpty();
    assertThat(temporary).doesNotExist();
    assertThat(weir.succeed("down")).contains("Weir was not running in " + weir.data());
    weir.succeed("up");
    assertThat(Files.readString(data().endpoints())).isEqualTo(before);
    assertServedEqualsTruth();
    assertGoesOn();
    weir.succeed("status");
  }

  @Test
  @Order(7)
  void whatWasKilledIsStartedAgainWithTheSameTotals() throws Exception {
    kill(LocalParts.JOB_MANAGER);
    kill(LocalParts.POSTGRES);
    weir.succeed("up");
    assertServedEqualsTruth();
    assertGoesOn();
  }

  private void kill(String part) {
    PartRunner parts = new PartRunner(data());
    ProcessHandle process = parts.record(part).flatMap(PartRecord::process).orElseThrow();
    process.destroyForcibly();
    await().atMost(PATIENCE).until(() -> !parts.isRunning(part));
  }

  private void assertGoesOn() throws Exception {
    try (TotalsWatcher watcher = produce(5_000)) {
      awaitCommitted("clicks", stream.unique());
      assertThat(watcher.violations()).isEmpty();
    }
    assertServedEqualsTruth();
  }

  private TotalsWatcher produce(int lines) throws Exception {
    Path file =
        Files.write(folder.resolve("clicks.jsonl"), stream.next(lines), StandardCharsets.UTF_8);
    TotalsWatcher watcher = new TotalsWatcher(weir, stream.unique());
    weir.succeed("produce", "clicks", file.toString());
    return watcher;
  }

  private void awaitCommitted(String origin, long events) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              try (Connection connection = weir.connect()) {
                assertThat(ServedCube.events(connection, origin)).isEqualTo(events);
                assertThat(ServedCube.statuses(connection, origin)).doesNotContain("live");
              }
            });
  }

  private void assertServedEqualsTruth() throws SQLException {
    try (Connection connection = weir.connect()) {
      assertThat(ServedCube.rows(connection, layout)).isEqualTo(stream.truth());
    }
  }

  private void assertConservation() throws SQLException {
    assertThat(number("SELECT sum(records_in) FROM weir.ledger_source WHERE source = 'clicks'"))
        .isEqualTo(stream.produced());
    assertThat(number("SELECT sum(duplicate) FROM weir.ledger_source WHERE source = 'clicks'"))
        .isEqualTo(stream.duplicates());
    assertThat(number("SELECT sum(dead_lettered) FROM weir.ledger_source WHERE source = 'clicks'"))
        .isEqualTo(stream.malformed());
  }

  private void assertReconciled() throws SQLException {
    assertThat(number("SELECT count(*) FROM weir.reconciliation WHERE NOT agrees")).isZero();
    assertThat(
            number(
                "SELECT sum(compared) FROM weir.reconciliation WHERE check_name = 'speed-equals-archive'"))
        .isPositive();
  }

  private long number(String query) throws SQLException {
    try (Connection connection = weir.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getLong(1);
    }
  }
}
