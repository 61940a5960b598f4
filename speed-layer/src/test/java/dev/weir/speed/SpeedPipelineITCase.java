package dev.weir.speed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.db.TestDatabase;
import dev.weir.event.RawRecord;
import dev.weir.speed.commit.CommitLogReader;
import dev.weir.speed.commit.CommitSink;
import dev.weir.speed.commit.DatabaseAddress;
import dev.weir.speed.commit.StartingPoint;
import dev.weir.speed.source.RawRecordSerializer;
import dev.weir.speed.source.Sources;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The production dataflow on a Flink cluster in this JVM, into a real PostgreSQL. */
@Timeout(600)
class SpeedPipelineITCase {
  /** How many records the next failure is away; negative: none is due. */
  private static final AtomicInteger RECORDS_TO_FAILURE = new AtomicInteger(-1);

  private static final AtomicInteger RECORDS_READ = new AtomicInteger();

  @TempDir private Path root;

  @Test
  void countsWhatTheOracleCountsThroughAFailureAndARescaling() throws Exception {
    WebLogs logs = new WebLogs(root, 7, "topic");
    try (TestDatabase database = TestDatabase.create(logs.pipeline())) {
      CommittedView view = new CommittedView(database, logs.pipeline());
      logs.put(4_000);
      JobClient first = start(logs, database, 2, null);
      awaitCommitted(view, logs);

      RECORDS_TO_FAILURE.set(1_500);
      logs.put(4_000);
      awaitCommitted(view, logs);
      assertThat(RECORDS_TO_FAILURE.get()).isNegative();

      long before = logs.lines();
      RECORDS_READ.set(0);
      logs.put(1_000);
      // A file that is handed to a reader while the job stops makes Flink restart the job.
      await()
          .atMost(Duration.ofMinutes(4))
          .until(() -> RECORDS_READ.get() >= logs.lines() - before);
      String savepoint =
          first
              .stopWithSavepoint(
                  false, logs.checkpoints().toUri().toString(), SavepointFormatType.CANONICAL)
              .get();
      JobClient second = start(logs, database, 1, savepoint);
      logs.put(2_000);
      awaitCommitted(view, logs);
      assertSame(view, logs, database);
      second.cancel().get();
    }
  }

  @Test
  void takesOverFromTheLedgerWithoutACheckpoint() throws Exception {
    WebLogs logs = new WebLogs(root, 19, "topic").withoutDuplicates();
    try (TestDatabase database = TestDatabase.create(logs.pipeline())) {
      CommittedView view = new CommittedView(database, logs.pipeline());
      logs.put(2_000);
      JobClient first = start(logs, database, 2, null);
      awaitCommitted(view, logs);
      first.cancel().get();
      logs.put(2_000);
      DatabaseAddress address = new DatabaseAddress(database.jdbcUrl(), database.user(), "");
      JobClient second =
          start(logs, database, 2, null, Optional.of(CommitLogReader.startingPoint(address)));
      awaitCommitted(view, logs);
      assertSame(view, logs, database);
      second.cancel().get();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"topic", "partition"})
  void commitsEverythingAtTheEndOfItsInput(String scope) throws Exception {
    WebLogs logs = new WebLogs(root, 11, scope);
    try (TestDatabase database = TestDatabase.create(logs.pipeline())) {
      CommittedView view = new CommittedView(database, logs.pipeline());
      logs.put(3_000);
      JobClient job = start(logs, database, 2, null);
      await().atMost(Duration.ofMinutes(4)).until(() -> view.total("records_in") == logs.lines());
      String unused =
          job.stopWithSavepoint(
                  true, logs.checkpoints().toUri().toString(), SavepointFormatType.CANONICAL)
              .get();
      assertThat(view.total("records_in"))
          .isEqualTo(
              view.total("counted")
                  + view.total("duplicate")
                  + view.total("dead_lettered")
                  + view.total("filtered"));
      assertThat(view.archivedRows("arrivals")).isEqualTo(view.total("counted"));
      if (scope.equals("topic")) {
        assertSame(view, logs, database);
      }
    }
  }

  private static void awaitCommitted(CommittedView view, WebLogs logs) {
    await()
        .atMost(Duration.ofMinutes(4))
        .untilAsserted(() -> assertThat(view.total("records_in")).isEqualTo(logs.lines()));
  }

  private static void assertSame(CommittedView view, WebLogs logs, TestDatabase database)
      throws Exception {
    assertThat(view.total("counted")).isEqualTo(logs.oracle().counted());
    assertThat(view.total("duplicate")).isEqualTo(logs.oracle().duplicates());
    assertThat(view.total("dead_lettered")).isEqualTo(logs.rubbish());
    assertThat(view.total("filtered")).isEqualTo(logs.blank());
    assertThat(view.archivedRows("arrivals")).isEqualTo(logs.oracle().counted());
    assertThat(view.archivedRows("dead-letters")).isEqualTo(logs.rubbish());
    assertThat(database.queryLong("SELECT sum(records) FROM weir.dead_letter_count"))
        .isEqualTo(logs.rubbish());
    assertThat(view.aggregates()).isEqualTo(logs.oracle().aggregates());
  }

  private JobClient start(WebLogs logs, TestDatabase database, int parallelism, String savepoint)
      throws Exception {
    return start(logs, database, parallelism, savepoint, Optional.empty());
  }

  private JobClient start(
      WebLogs logs,
      TestDatabase database,
      int parallelism,
      String savepoint,
      Optional<StartingPoint> takeOver)
      throws Exception {
    Configuration configuration =
        SpeedLayerConfiguration.of(logs.pipeline(), Optional.of(logs.checkpoints().toUri()));
    if (savepoint != null) {
      configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, savepoint);
    }
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(parallelism, configuration);
    DatabaseAddress address = new DatabaseAddress(database.jdbcUrl(), database.user(), "");
    List<DataStream<RawRecord>> records = new ArrayList<>();
    for (DataStream<RawRecord> source :
        new Sources(logs.pipeline(), new Properties(), takeOver, false, Clock.systemUTC())
            .addTo(env)) {
      records.add(
          source
              .map(SpeedPipelineITCase::failWhenDue)
              .returns(RawRecordSerializer.TYPE)
              .uid("fail-" + records.size()));
    }
    CommitSink.attach(
        SpeedPipeline.defineWorkflow(
            logs.declaration(), records, new PreviewOutput(address, logs.declaration())),
        logs.pipeline(),
        address,
        logs.archive(),
        takeOver);
    return env.executeAsync();
  }

  private static RawRecord failWhenDue(RawRecord record) {
    if (RECORDS_TO_FAILURE.get() >= 0 && RECORDS_TO_FAILURE.getAndDecrement() == 0) {
      throw new IllegalStateException("a failure that the test wants");
    }
    RECORDS_READ.incrementAndGet();
    return record;
  }
}
