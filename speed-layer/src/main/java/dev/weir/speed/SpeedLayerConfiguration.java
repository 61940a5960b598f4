package dev.weir.speed;

import dev.weir.pipeline.Pipeline;
import dev.weir.speed.dedup.DropDuplicates;
import java.net.URI;
import java.time.Duration;
import java.util.Optional;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.ExecutionOptions;
import org.apache.flink.configuration.ExternalizedCheckpointRetention;
import org.apache.flink.configuration.PipelineOptions;
import org.apache.flink.configuration.RestartStrategyOptions;
import org.apache.flink.configuration.StateBackendOptions;
import org.apache.flink.core.execution.CheckpointingMode;

/** What the job needs of Flink, whatever the cluster's own configuration says. */
final class SpeedLayerConfiguration {
  private static final int WRITE_BUFFER_BYTES = 1 << 20;

  private SpeedLayerConfiguration() {}

  /**
   * The configuration for one pipeline.
   *
   * @param checkpoints where checkpoints are kept; empty: as the cluster is configured
   */
  static Configuration of(Pipeline pipeline, Optional<URI> checkpoints) {
    Configuration configuration = new Configuration();
    configuration.set(PipelineOptions.NAME, "weir " + pipeline.name());
    // Events and parts have serializers of their own; anything else is a mistake.
    configuration.set(PipelineOptions.GENERIC_TYPES, false);
    configuration.set(PipelineOptions.AUTO_GENERATE_UIDS, false);
    configuration.set(PipelineOptions.OBJECT_REUSE, true);
    configuration.set(PipelineOptions.MAX_PARALLELISM, DropDuplicates.MAX_PARALLELISM);
    // Of exchanges that no event crosses on its way to the live preview; see SpeedPipeline.
    // A writer of the preview waits for it once, when it starts.
    configuration.set(ExecutionOptions.BUFFER_TIMEOUT, Duration.ofMillis(100));
    checkpointing(configuration, pipeline.commit());
    checkpoints.ifPresent(
        uri -> {
          configuration.set(CheckpointingOptions.CHECKPOINT_STORAGE, "filesystem");
          configuration.set(CheckpointingOptions.CHECKPOINTS_DIRECTORY, uri.toString());
        });
    configuration.set(StateBackendOptions.STATE_BACKEND, "rocksdb");
    // What will not pass by itself stops the job otherwise (SuppressRestartsException).
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY,
        RestartStrategyOptions.RestartStrategyType.EXPONENTIAL_DELAY.getMainValue());
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_INITIAL_BACKOFF,
        Duration.ofSeconds(1));
    configuration.set(
        RestartStrategyOptions.RESTART_STRATEGY_EXPONENTIAL_DELAY_MAX_BACKOFF,
        Duration.ofMinutes(1));
    return configuration;
  }

  private static void checkpointing(Configuration configuration, Duration interval) {
    configuration.set(CheckpointingOptions.CHECKPOINTING_INTERVAL, interval);
    configuration.set(
        CheckpointingOptions.CHECKPOINTING_CONSISTENCY_MODE, CheckpointingMode.EXACTLY_ONCE);
    // The commit has everything of an epoch only because its barrier overtakes nothing.
    configuration.set(CheckpointingOptions.ENABLE_UNALIGNED, false);
    configuration.set(CheckpointingOptions.FORCE_UNALIGNED, false);
    configuration.set(CheckpointingOptions.MAX_CONCURRENT_CHECKPOINTS, 1);
    configuration.set(CheckpointingOptions.MAX_RETAINED_CHECKPOINTS, 3);
    configuration.set(
        CheckpointingOptions.EXTERNALIZED_CHECKPOINT_RETENTION,
        ExternalizedCheckpointRetention.RETAIN_ON_CANCELLATION);
    configuration.set(CheckpointingOptions.ENABLE_CHECKPOINTS_AFTER_TASKS_FINISH, true);
    // An aborted checkpoint loses nothing: its epoch is committed with the next one.
    configuration.set(CheckpointingOptions.TOLERABLE_FAILURE_NUMBER, 3);
    configuration.set(CheckpointingOptions.INCREMENTAL_CHECKPOINTS, true);
    configuration.set(CheckpointingOptions.FS_WRITE_BUFFER_SIZE, WRITE_BUFFER_BYTES);
  }
}
