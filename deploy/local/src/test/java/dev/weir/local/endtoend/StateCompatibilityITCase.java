package dev.weir.local.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.aggregate.MeasureLayout;
import dev.weir.local.endtoend.ReleasedState.TopicRecord;
import dev.weir.local.runtime.DataDirectory;
import dev.weir.local.runtime.StrayProcesses;
import dev.weir.oracle.SeededStream;
import dev.weir.oracle.ServedCube;
import dev.weir.pipeline.PipelineReader;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;

/**
 * The current code goes on with what version 0.1 left behind: its tables are migrated, its
 * savepoint restored, its archive read, and nothing is counted twice or lost.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
class StateCompatibilityITCase {

  private static final long RELEASED_HEAD = 9;
  private static final int RESENT = 300;
  private static final int NEW_LINES = 2_000;
  private static final int RECORD_INTERVAL_MILLIS = 100;
  private static final Duration PATIENCE = Duration.ofMinutes(5);

  private ReleasedState released;
  private WeirCommand weir;
  private MeasureLayout layout;
  private LineOracle oracle;

  @BeforeAll
  void up(@TempDir Path folder) throws Exception {
    released = ReleasedState.of("0.1");
    weir = new WeirCommand(folder.resolve("data"));
    DataDirectory data = DataDirectory.create(weir.data());
    released.restore(data);
    layout = PipelineReader.read(data.pipeline()).cubes().get(0).layout();
    oracle = new LineOracle(layout);
    released.records().forEach(record -> oracle.add(record.line()));
    weir.succeed("up");
  }

  @AfterAll
  void down() throws Exception {
    weir.succeed("down");
    assertThat(StrayProcesses.find(DataDirectory.create(weir.data()), Set.of())).isEmpty();
  }

  @Test
  @Order(1)
  void migratesTheTablesAndServesTheSameNumbers() throws Exception {
    assertThat(
            number(
                "SELECT count(*) FROM weir.flyway_schema_history WHERE success AND version > '1'"))
        .isPositive();
    String served = released.servedHours();
    String columns = served.lines().findFirst().orElseThrow();
    assertThat(
            weir.succeed(
                "sql",
                "--csv",
                "SELECT "
                    + columns
                    + " FROM serving.traffic_hour ORDER BY bucket, origin, event_type, user_segment"))
        .isEqualTo(served);
    assertServedEqualsTruth();
    // What it compares with was noted by the migration, of rows and files of the released version.
    assertThat(weir.succeed("verify")).contains("Nothing of the layers is damaged.");
  }

  @Test
  @Order(2)
  void findsDuplicatesOfWhatTheReleasedJobHasCounted() throws Exception {
    long duplicates = oracle.duplicates();
    List<String> lines =
        new ArrayList<>(new SeededStream(20260302, layout, new LateByHours()).next(NEW_LINES));
    SplittableRandom random = new SplittableRandom(20260303);
    for (int i = 0; i < RESENT; i++) {
      List<TopicRecord> all = released.records();
      lines.add(random.nextInt(lines.size()), all.get(random.nextInt(all.size())).line());
    }
    lines.forEach(oracle::add);
    assertThat(oracle.duplicates() - duplicates).isGreaterThan(RESENT * 9 / 10);

    ReleasedState.produce(weir.endpoint("kafka"), following(lines, random));
    await()
        .atMost(PATIENCE)
        .until(() -> number("SELECT sum(records_in) FROM weir.ledger_source") == oracle.lines());

    assertThat(number("SELECT sum(duplicate) FROM weir.ledger_source"))
        .isEqualTo(oracle.duplicates());
    assertThat(number("SELECT sum(dead_lettered) FROM weir.ledger_source"))
        .isEqualTo(oracle.malformed());
    assertThat(
            number(
                "SELECT count(*) FROM weir.ledger l JOIN weir.ledger p ON p.uuid = l.parent"
                    + " WHERE p.commit = "
                    + RELEASED_HEAD
                    + " AND l.job_id <> p.job_id"))
        .as("the first new commit continues the released job's last one")
        .isEqualTo(1);
    assertServedEqualsTruth();
  }

  /** Records for these lines in any partitions, soon after the released ones by their clock. */
  private List<TopicRecord> following(List<String> lines, SplittableRandom random) {
    Map<Integer, Long> next = new TreeMap<>();
    long time = 0;
    for (TopicRecord record : released.records()) {
      next.merge(record.partition(), record.offset() + 1, Math::max);
      time = Math.max(time, record.timestampMillis());
    }
    List<TopicRecord> following = new ArrayList<>();
    for (String line : lines) {
      int partition = random.nextInt(next.size());
      time += RECORD_INTERVAL_MILLIS;
      following.add(
          new TopicRecord(partition, next.merge(partition, 1L, Long::sum) - 1, time, line));
    }
    return following;
  }

  @Test
  @Order(3)
  void recomputesFromTheReleasedArchive() throws Exception {
    weir.succeed("batch");
    assertServedEqualsTruth();
    try (Connection connection = weir.connect()) {
      assertThat(ServedCube.statuses(connection, "clicks")).containsExactly("reconciled");
    }
    weir.succeed("batch", "--all");
    assertServedEqualsTruth();
    assertThat(number("SELECT count(*) FROM weir.reconciliation WHERE NOT agrees")).isZero();
    weir.succeed("verify");
    weir.succeed("status");
  }

  private void assertServedEqualsTruth() throws SQLException {
    try (Connection connection = weir.connect()) {
      assertThat(ServedCube.rows(connection, layout)).isEqualTo(oracle.truth());
    }
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
