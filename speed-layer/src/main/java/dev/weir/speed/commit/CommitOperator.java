package dev.weir.speed.commit;

import dev.weir.pipeline.Pipeline;
import dev.weir.speed.commit.CommitLog.Claim;
import dev.weir.speed.commit.CommitLog.Start;
import dev.weir.speed.commit.EpochPart.LiveWriterStarted;
import java.io.Closeable;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.ScheduledFuture;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.metrics.Counter;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.StreamOperatorParameters;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Gathers an epoch, keeps it as a committable in the checkpoint that ends it, and commits it once
 * that checkpoint is complete.
 *
 * <p>Committables are committed in the order they were prepared, those of aborted checkpoints and
 * of savepoints with the next complete checkpoint. On restore everything pending is committed
 * again, which does nothing where it was committed before; then the log is claimed; only then is
 * the first element taken. An epoch in which nothing happened makes no committable: it has no live
 * rows either, so the head's live base may stay where it is.
 */
final class CommitOperator extends AbstractStreamOperator<Void>
    implements OneInputStreamOperator<EpochPart, Void> {
  private static final long serialVersionUID = 1L;

  private final Pipeline pipeline;
  private final CommitLog.Factory logFactory;
  private final Optional<UUID> takeOver;
  private final Duration heartbeat;

  private final List<Committable> pending = new ArrayList<>();
  private UUID last;
  private long liveBase;
  private String jobId;
  private long attempt;
  private EpochGatherer epoch;
  private CommitLog log;
  private Closeable cancellation;
  private ScheduledFuture<?> heartbeats;
  private ListState<byte[]> pendingState;
  private ListState<byte[]> lastState;
  private Counter commits;
  private volatile long lastCommitMillis;

  CommitOperator(
      StreamOperatorParameters<Void> parameters,
      Pipeline pipeline,
      CommitLog.Factory logFactory,
      Optional<UUID> takeOver,
      Duration heartbeat) {
    super(parameters);
    this.pipeline = pipeline;
    this.logFactory = logFactory;
    this.takeOver = takeOver;
    this.heartbeat = heartbeat;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    pendingState = context.getOperatorStateStore().getListState(state("pending"));
    lastState = context.getOperatorStateStore().getListState(state("last"));
    for (byte[] bytes : pendingState.get()) {
      pending.add(CommittableFormat.read(bytes));
    }
    for (byte[] bytes : lastState.get()) {
      ByteBuffer buffer = ByteBuffer.wrap(bytes);
      last = new UUID(buffer.getLong(), buffer.getLong());
    }
    OptionalLong restored = context.getRestoredCheckpointId();
    liveBase = restored.orElse(0);
  }

  @Override
  public void open() throws Exception {
    super.open();
    epoch = new EpochGatherer(pipeline);
    jobId = getContainingTask().getEnvironment().getJobID().toString();
    commits = getMetricGroup().counter("commits");
    getMetricGroup().gauge("lastCommitMillis", () -> lastCommitMillis);
    getMetricGroup().gauge("pendingCommits", pending::size);
    log = logFactory.open(jobId);
    cancellation = log::abort;
    getContainingTask().getCancelables().registerCloseable(cancellation);
    onLog(
        () -> {
          for (Iterator<Committable> restored = pending.iterator(); restored.hasNext(); ) {
            log.recommit(restored.next());
            restored.remove();
          }
          attempt = log.claim(claim());
        });
    // Ends with the task; a failure in it fails the task.
    heartbeats =
        getProcessingTimeService()
            .scheduleWithFixedDelay(
                time -> onLog(log::seen), heartbeat.toMillis(), heartbeat.toMillis());
  }

  private Claim claim() {
    if (last != null) {
      return new Claim(last, liveBase, Start.RESTORED);
    }
    last = takeOver.orElse(Committable.NONE);
    return new Claim(last, liveBase, takeOver.isPresent() ? Start.TAKE_OVER : Start.WITHOUT_STATE);
  }

  @Override
  public void processElement(StreamRecord<EpochPart> element) throws Exception {
    if (element.getValue() instanceof LiveWriterStarted started) {
      onLog(() -> log.register(started.writer()));
    } else {
      epoch.add(element.getValue());
    }
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    if (!epoch.isEmpty()) {
      UUID uuid = UUID.randomUUID();
      pending.add(epoch.toCommittable(uuid, last, attempt, jobId, context.getCheckpointId()));
      last = uuid;
      epoch.clear();
    }
    List<byte[]> committables = new ArrayList<>();
    for (Committable committable : pending) {
      committables.add(CommittableFormat.write(committable));
    }
    pendingState.update(committables);
    lastState.update(
        List.of(
            ByteBuffer.allocate(2 * Long.BYTES)
                .putLong(last.getMostSignificantBits())
                .putLong(last.getLeastSignificantBits())
                .array()));
  }

  @Override
  public void notifyCheckpointComplete(long checkpointId) throws Exception {
    super.notifyCheckpointComplete(checkpointId);
    while (!pending.isEmpty() && pending.get(0).checkpoint() <= checkpointId) {
      long start = System.nanoTime();
      onLog(() -> log.commit(pending.get(0)));
      pending.remove(0);
      commits.inc();
      lastCommitMillis = (System.nanoTime() - start) / 1_000_000;
    }
  }

  @Override
  public void close() throws Exception {
    if (heartbeats != null) {
      heartbeats.cancel(false);
    }
    if (log != null) {
      getContainingTask().getCancelables().unregisterCloseable(cancellation);
      // Only an execution that came to its end (all input read, or stopped with a savepoint) knows
      // that nobody goes on for it. One that fails, or is cancelled, may be about to be restarted:
      // a job that took the log in that moment would stop the restarted one for good. If there is
      // no restart, the next job waits for the lease, as after a crash.
      if (!getContainingTask().isFailing() && !getContainingTask().isCanceled()) {
        log.release();
      }
      log.close();
    }
    super.close();
  }

  /**
   * A refusal that would be repeated for ever stops the job for good; any other failure restarts
   * it.
   */
  private static void onLog(LogCall call) throws Exception {
    try {
      call.run();
    } catch (CommitRefusedException e) {
      if (e.recoverable()) {
        throw e;
      }
      throw new SuppressRestartsException(e);
    }
  }

  private static ListStateDescriptor<byte[]> state(String name) {
    return new ListStateDescriptor<>(name, BytePrimitiveArraySerializer.INSTANCE);
  }

  private interface LogCall {
    void run() throws IOException, CommitRefusedException, InterruptedException;
  }
}
