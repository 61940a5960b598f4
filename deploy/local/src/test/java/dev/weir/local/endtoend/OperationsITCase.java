package dev.weir.local.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.aggregate.MeasureLayout;
import dev.weir.local.endtoend.WeirCommand.Outcome;
import dev.weir.local.runtime.DataDirectory;
import dev.weir.local.runtime.StrayProcesses;
import dev.weir.oracle.SeededStream;
import dev.weir.oracle.ServedCube;
import dev.weir.pipeline.PipelineReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * What an operator does when something is wrong, as commands on real parts: verify, repair,
 * rollback and rewind, what status says of it, and how up goes on afterwards. After each of them
 * the numbers are those of the naive oracle.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class OperationsITCase {

  private static final int LINES = 4_000;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private Path folder;
  private WeirCommand weir;
  private MeasureLayout layout;
  private SeededStream stream;

  @BeforeAll
  void up(@TempDir Path temporary) throws Exception {
    folder = temporary;
    Path pipeline = Path.of(getClass().getResource("/endtoend/clicks.yaml").toURI());
    layout = PipelineReader.read(pipeline).cubes().get(0).layout();
    stream = new SeededStream(20260304, layout, new LateByHours());
    weir = new WeirCommand(folder.resolve("data"));
    weir.succeed("up", "--pipeline", pipeline.toString());
    produce();
    weir.succeed("batch");
  }

  @AfterAll
  void down() throws Exception {
    weir.succeed("down");
    assertThat(StrayProcesses.find(DataDirectory.create(weir.data()), Set.of())).isEmpty();
  }

  @Test
  @Order(1)
  void aDeletedFileIsNamedAndRepaired() throws Exception {
    String file =
        text(
            "SELECT path FROM weir.archive_file WHERE kind = 'hours' AND deleted_at IS NULL"
                + " ORDER BY row_count DESC LIMIT 1");
    Files.delete(weir.data().resolve("archive").resolve(file));

    Outcome verified = weir.run("verify");
    assertThat(verified.exitCode()).isEqualTo(1);
    assertThat(verified.output()).contains("archive-complete", file, "weir repair");
    Outcome status = weir.run("status");
    assertThat(status.exitCode()).isEqualTo(1);
    assertThat(status.output())
        .contains("between archive, ledger and tables:", "archive-complete: " + file)
        .contains("(verify 2)", "weir repair --data", " mends what can be mended.");

    assertThat(weir.succeed("repair")).contains("was recomputed");
    assertThat(weir.succeed("status")).contains("repair 3 published: mended 1 disagreement");
    assertServedEqualsTruth();
  }

  @Test
  @Order(2)
  void backslashCommandsTellWhatThereIs() throws Exception {
    assertThat(weir.succeed("sql", "\\?")).contains("\\dt [SCHEMA]").doesNotContain("none of");
    assertThat(weir.succeed("sql", "\\dt;")).contains("traffic_hour", "freshness");
    assertThat(weir.succeed("sql", "\\d serving.traffic_hour"))
        .contains("bucket ", "timestamp with time zone")
        .doesNotContain("description", "USER-DEFINED");
    assertThat(weir.succeed("sql", " \\d+ serving.traffic_hour;"))
        .contains("description", "bucket ", "Start of the hour, by event time.");
    Outcome missing = weir.run("sql", "\\d+ it's");
    assertThat(missing.exitCode()).isEqualTo(1);
    assertThat(missing.output()).contains("There is nothing called it's.").doesNotContain("rows)");
    assertThat(weir.succeed("sql", "\\q")).isEmpty();
    Outcome unknown = weir.run("sql", "\\x");
    assertThat(unknown.exitCode()).isEqualTo(1);
    assertThat(unknown.output()).contains("\\x is none of", "\\d+ NAME");
  }

  @Test
  @Order(2)
  void aRollbackServesTheEarlierVersionWithAllEventsOnTop() throws Exception {
    produce();
    weir.succeed("batch");
    weir.succeed("rollback", "--from", "2026-03-01T12:00:00Z", "--to", "2026-03-01T13:00:00Z");
    assertServedEqualsTruth();
    try (Connection connection = weir.connect()) {
      assertThat(ServedCube.statuses(connection, "clicks")).contains("committed");
    }
    weir.succeed("batch");
    assertServedEqualsTruth();
  }

  @Test
  @Order(3)
  void hoursThatAMissingLineOfTheManifestHoldsBackFollowTheirCause() throws Exception {
    produce();
    try (Connection connection = weir.connect();
        Statement statement = connection.createStatement()) {
      statement.execute(
          "DELETE FROM weir.archive_manifest WHERE (file_id, event_hour) = (SELECT file_id, event_hour"
              + " FROM weir.archive_manifest JOIN weir.archive_file USING (file_id)"
              + " WHERE commit = (SELECT commit FROM weir.head) AND kind = 'arrivals' LIMIT 1)");
    }
    String cause = "commit " + head() + ": the row of weir.archive_manifest ";
    String heldBack = "is not what the journal says; held back until 'weir repair' has restored it";

    Outcome batch = weir.run("batch");
    assertThat(batch.exitCode()).isEqualTo(1);
    assertThat(batch.output()).containsSubsequence("! " + cause, "! event hours 2026-", heldBack);
    String status = weir.run("status").output();
    assertThat(status)
        .containsSubsequence(
            "\n  ledger: commit " + head(), "is missing", "\n  ledger: ", heldBack);
    assertThat(status.lines().filter(line -> line.contains(heldBack))).hasSize(1);

    assertThat(weir.succeed("repair")).containsSubsequence("Found 1 damage:", "What was done:");
    weir.succeed("batch");
    weir.succeed("status");
    assertServedEqualsTruth();
  }

  @Test
  @Order(4)
  void aRewindToACommitThatIsNotThereStopsNothing() throws Exception {
    Outcome refused = weir.run("rewind", "4711");
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.output())
        .contains("Commit 4711 is not in the ledger, whose head is commit " + head())
        .contains("Nothing was stopped or removed.");
    weir.succeed("status");
  }

  @Test
  @Order(4)
  void statusNamesACubeThatDoesNotShowWhatIsDeclared() throws Exception {
    execute(
        "INSERT INTO weir.cube (cube, definition_hash, since_commit, complete_through, current)"
            + " VALUES ('traffic', 'ffffffffffffffff', 1, 0, true)");
    try {
      assertThat(weir.run("status").output())
          .contains(
              "traffic is shown as it was before, because it was changed or added: weir batch");
    } finally {
      execute("DELETE FROM weir.cube WHERE definition_hash = 'ffffffffffffffff'");
    }
    assertThat(weir.succeed("status")).doesNotContain("is shown as it was before");
  }

  @Test
  @Order(4)
  void aJobThatRunsIsNotStartedInAnotherWay() throws Exception {
    Outcome refused = weir.run("up", "--take-over");
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.output())
        .contains("The speed layer's job is RUNNING and was left as it is: --take-over is for")
        .contains(", then weir up --take-over");
    weir.succeed("status");
  }

  @Test
  @Order(4)
  void anotherPipelineIsRefusedBeforeAnythingIsStartedOrEnded() throws Exception {
    String declaration = Files.readString(weir.data().resolve("pipeline.yaml"));
    Path other = folder.resolve("other.yaml");
    Files.writeString(other, declaration.replaceFirst("pipeline: \\w+", "pipeline: other"));
    Outcome refused = weir.run("up", "--pipeline", other.toString());
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.output())
        .contains("other.yaml declares the pipeline other, but ", "holds the pipeline ")
        .contains("--data");
    assertThat(weir.data().resolve("pipeline.yaml")).hasContent(declaration);
    weir.succeed("status");
  }

  @Test
  @Order(4)
  void aLineThatKafkaDoesNotTakeIsNamed() throws Exception {
    Path file = Files.writeString(folder.resolve("long.jsonl"), "x".repeat(2_000_000) + "\n{}\n");
    Outcome refused = weir.run("produce", "clicks", file.toString());
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.output())
        .contains("Line 1 has 2,000,000 bytes, and Kafka takes no record of more than 1,048,576.")
        .contains("The lines before it (0) were sent, and none after it.");
  }

  @Test
  @Order(5)
  void whereTheCheckpointIsGoneUpSaysSoAndTakesOver() throws Exception {
    assertThat(weir.succeed("rewind", "1"))
        .containsSubsequence(
            "The checkpoint of commit 1 is gone: after this rewind, weir up --take-over --data ",
            " goes on from that commit's Kafka offsets",
            "Rewound to commit 1",
            "Next: weir up --take-over --data ");
    assertThat(head()).isEqualTo(1);
    Outcome stopped = weir.run("status");
    assertThat(stopped.exitCode()).isEqualTo(1);
    assertThat(stopped.output())
        .contains("The speed layer's job is CANCELED.")
        .contains("weir rewind made commit 1 the head and left the job stopped")
        .contains("weir up --take-over", " starts it from the Kafka offsets of commit 1.");

    Outcome refused = weir.run("up");
    assertThat(refused.exitCode()).isEqualTo(1);
    assertThat(refused.output())
        .contains("Commit 1 was made at checkpoint", "holds that checkpoint or one that continues")
        .contains("weir up --take-over");

    weir.succeed("up", "--take-over");
    awaitAllRead();
    weir.succeed("batch");
    assertServedEqualsTruth();
  }

  @Test
  @Order(6)
  void aRewindToTheEmptyLogReadsEverythingAgain() throws Exception {
    assertThat(weir.succeed("rewind", "0")).contains("from the beginning");
    assertThat(number("SELECT count(*) FROM weir.ledger")).isZero();
    weir.succeed("up");
    awaitAllRead();
    assertServedEqualsTruth();
    weir.succeed("batch");
    awaitRollUps();
    assertThat(weir.succeed("verify"))
        .contains("Nothing of the layers is damaged.")
        .containsPattern("roll-ups: [1-9][0-9]* rows compared, all agree");
    assertThat(weir.succeed("status")).contains("verified: the layers agree");
    assertServedEqualsTruth();
    aDamagedRollUpIsFoundAndTakenBack();
  }

  private void aDamagedRollUpIsFoundAndTakenBack() throws Exception {
    String table =
        text(
            "SELECT 'rollup.' || relname FROM pg_class WHERE relnamespace = 'rollup'::regnamespace"
                + " AND relkind = 'r' AND relname LIKE 'traffic%hour'");
    execute(
        "UPDATE %1$s SET event_count = event_count + 1 WHERE ctid = (SELECT max(ctid) FROM %1$s)"
            .formatted(table));

    Outcome found = weir.run("verify");
    assertThat(found.exitCode()).isEqualTo(1);
    assertThat(found.output())
        .contains("! roll-ups: event hour ", table + ": 1 row is altered; ", "run 'weir repair'.");

    assertThat(weir.succeed("repair")).contains("1 wrong roll-up taken back", "all agree");
    awaitRollUps();
    assertServedEqualsTruth();
  }

  @Test
  @Order(7)
  void aJobThatIsNotAcceptedSaysWhyAndIsTakenOnceThatIsMended() throws Exception {
    weir.succeed("rewind", "0");
    String table =
        text(
            "SELECT relname FROM pg_class"
                + " WHERE relnamespace = 'speed'::regnamespace AND relkind = 'p' LIMIT 1");
    execute("ALTER TABLE speed." + table + " RENAME TO away");
    try {
      Outcome refused = weir.run("up");
      assertThat(refused.exitCode()).isEqualTo(1);
      assertThat(refused.output())
          .contains("The speed layer's job was not accepted: the database of ")
          .contains("does not know the declared definition of traffic", "Run `weir migrate`");
    } finally {
      execute("ALTER TABLE speed.away RENAME TO " + table);
    }
    try (Stream<Path> uploaded = Files.walk(weir.data().resolve("flink/upload"))) {
      assertThat(uploaded.filter(Files::isRegularFile)).isEmpty();
    }
    weir.succeed("up");
    awaitAllRead();
    assertServedEqualsTruth();
  }

  private void produce() throws Exception {
    Path file =
        Files.write(folder.resolve("clicks.jsonl"), stream.next(LINES), StandardCharsets.UTF_8);
    weir.succeed("produce", "clicks", file.toString());
    awaitAllRead();
  }

  private void awaitAllRead() {
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                number("SELECT coalesce(sum(records_in), 0) FROM weir.ledger_source")
                    == stream.produced());
  }

  private void awaitRollUps() {
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                number("SELECT count(*) FROM weir.roll_up_state WHERE current")
                    == number("SELECT count(DISTINCT cube) FROM weir.coverage"));
  }

  private void assertServedEqualsTruth() throws SQLException {
    try (Connection connection = weir.connect()) {
      assertThat(ServedCube.rows(connection, layout)).isEqualTo(stream.truth());
    }
  }

  private void execute(String statement) throws SQLException {
    try (Connection connection = weir.connect();
        Statement one = connection.createStatement()) {
      one.execute(statement);
    }
  }

  private long head() throws SQLException {
    return number("SELECT commit FROM weir.head");
  }

  private long number(String query) throws SQLException {
    return Long.parseLong(text(query));
  }

  private String text(String query) throws SQLException {
    try (Connection connection = weir.connect();
        Statement statement = connection.createStatement();
        ResultSet row = statement.executeQuery(query)) {
      row.next();
      return row.getString(1);
    }
  }
}
