package dev.weir.speed.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import dev.weir.speed.commit.EpochPart.FileWritten;
import dev.weir.speed.commit.EpochPart.LiveWriterStarted;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.ExceptionUtils;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The sink in a real job: checkpoints, the end of bounded input and refusals. */
class CommitSinkITCase {
  @TempDir private Path archive;
  private CommitLogFixture fixture;

  @BeforeEach
  void createDatabase() {
    fixture = new CommitLogFixture(archive);
  }

  @AfterEach
  void dropDatabase() {
    fixture.close();
  }

  private JobExecutionResult run(List<EpochPart> parts, Optional<StartingPoint> takeOver)
      throws Exception {
    Configuration configuration = new Configuration();
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, Duration.ofMillis(200));
    configuration.set(RestartStrategyOptions.RESTART_STRATEGY, "fixed-delay");
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_FIXED_DELAY_ATTEMPTS, Integer.MAX_VALUE);
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(2, configuration);
    CommitSink.attach(
        env.fromData(EpochPartTypeInfo.of(fixture.pipeline), parts.toArray(EpochPart[]::new)),
        fixture.pipeline,
        fixture.address(),
        archive.toUri(),
        takeOver);
    return env.execute();
  }

  @Test
  void theEndOfTheInputIsCommittedAndTheClaimGivenBack() throws Exception {
    List<EpochPart> parts = new ArrayList<>(new SampleEpoch(fixture.pipeline, 1, 500).parts());
    FileWritten file = SampleEpoch.file(archive, "arrivals/2026-11-20/a.parquet", 10);
    parts.add(file);
    parts.add(new LiveWriterStarted(new UUID(1, 1)));
    String jobId = run(parts, Optional.empty()).getJobID().toString();

    assertThat(fixture.database.queryLong("SELECT sum(counted) FROM weir.ledger_source"))
        .isEqualTo(500);
    assertThat(fixture.database.query("SELECT DISTINCT job_id FROM weir.ledger")).isEqualTo(jobId);
    assertThat(fixture.database.query("SELECT path FROM weir.archive_file"))
        .isEqualTo(file.file().path());
    assertThat(fixture.database.query("SELECT writer FROM weir.live_writer"))
        .isEqualTo(new UUID(1, 1).toString());
    assertThat(fixture.database.query("SELECT job_id FROM weir.head")).isNull();
    assertThat(
            fixture.database.queryLong(
                "SELECT count(*) FROM weir.head JOIN weir.ledger USING (commit, uuid) WHERE "
                    + "live_base = checkpoint"))
        .isEqualTo(1);
  }

  @Test
  void aJobThatFailsKeepsItsClaimUntilTheLeaseEnds() throws Exception {
    List<EpochPart> parts = new ArrayList<>(new SampleEpoch(fixture.pipeline, 1, 100).parts());
    FileWritten file = SampleEpoch.file(archive, "arrivals/2026-11-20/a.parquet", 10);
    Files.delete(archive.resolve(file.file().path()));
    parts.add(file);
    Throwable failure = catchThrowable(() -> run(parts, Optional.empty()));
    assertThat(ExceptionUtils.stringifyException(failure)).contains("should have 10 bytes, but is");
    assertThat(fixture.database.query("SELECT commit FROM weir.head WHERE job_id IS NOT NULL"))
        .isEqualTo("0");
  }

  @Test
  void aStartWithoutStateOnALogStopsForGoodAndATakeOverGoesOn() throws Exception {
    List<EpochPart> first = new SampleEpoch(fixture.pipeline, 1, 100).parts();
    run(first, Optional.empty());
    String head = fixture.head();
    List<EpochPart> second = new SampleEpoch(fixture.pipeline, 2, 100).parts();
    Throwable failure = catchThrowable(() -> run(second, Optional.empty()));
    assertThat(ExceptionUtils.stringifyException(failure))
        .contains("the job starts without state, but the commit log's head is commit ")
        .contains("Start it from checkpoint or savepoint ");
    assertThat(fixture.head()).isEqualTo(head);

    run(second, Optional.of(CommitLogReader.startingPoint(fixture.address())));
    assertThat(fixture.database.queryLong("SELECT sum(counted) FROM weir.ledger_source"))
        .isEqualTo(200);
  }
}
