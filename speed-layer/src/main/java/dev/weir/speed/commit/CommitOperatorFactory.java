package dev.weir.speed.commit;

import dev.weir.pipeline.Pipeline;
import java.time.Duration;
import java.util.Optional;
import java.util.UUID;
import org.apache.flink.streaming.api.operators.AbstractStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.OneInputStreamOperatorFactory;
import org.apache.flink.streaming.api.operators.StreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;

/** Makes the {@link CommitOperator} in its task. */
final class CommitOperatorFactory extends AbstractStreamOperatorFactory<Void>
    implements OneInputStreamOperatorFactory<EpochPart, Void> {
  private static final long serialVersionUID = 1L;

  /** How often the owner shows that it is alive: several times within a lease. */
  static final Duration HEARTBEAT = Duration.ofSeconds(3);

  private final Pipeline pipeline;
  private final CommitLog.Factory log;
  private final UUID takeOver;
  private final Duration heartbeat;

  /**
   * @param takeOver head that a job without state goes on from; null for every other job
   */
  CommitOperatorFactory(
      Pipeline pipeline, CommitLog.Factory log, UUID takeOver, Duration heartbeat) {
    this.pipeline = pipeline;
    this.log = log;
    this.takeOver = takeOver;
    this.heartbeat = heartbeat;
  }

  @Override
  @SuppressWarnings({
    "unchecked",
    "TypeParameterUnusedInFormals"
  }) // The interface's contract: T is this class.
  public <T extends StreamOperator<Void>> T createStreamOperator(
      StreamOperatorParameters<Void> parameters) {
    return (T)
        new CommitOperator(parameters, pipeline, log, Optional.ofNullable(takeOver), heartbeat);
  }

  @Override
  @SuppressWarnings("rawtypes") // As the interface declares it.
  public Class<? extends StreamOperator> getStreamOperatorClass(ClassLoader classLoader) {
    return CommitOperator.class;
  }
}
