package dev.weir.speed.commit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.db.SamplePipeline;
import dev.weir.pipeline.Pipeline;
import dev.weir.speed.commit.CommitLog.Claim;
import dev.weir.speed.commit.CommitLog.Start;
import dev.weir.speed.commit.CommitRefusedException.Reason;
import dev.weir.speed.commit.EpochPart.LiveWriterStarted;
import dev.weir.speed.commit.EpochPart.OffsetsAdvanced;
import java.time.Duration;
import java.util.UUID;
import org.apache.flink.api.common.typeutils.base.VoidSerializer;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.execution.SuppressRestartsException;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;

@SuppressWarnings("try") // The harness declares more exceptions than it throws on close.
class CommitOperatorTest {
  private static final Pipeline PIPELINE = SamplePipeline.web();

  private final RecordingCommitLog log = new RecordingCommitLog();

  private OneInputStreamOperatorTestHarness<EpochPart, Void> harness(UUID takeOver)
      throws Exception {
    OneInputStreamOperatorTestHarness<EpochPart, Void> harness =
        new OneInputStreamOperatorTestHarness<>(
            new CommitOperatorFactory(PIPELINE, log.factory(), takeOver, Duration.ofSeconds(3)),
            1,
            1,
            0);
    harness.setup(VoidSerializer.INSTANCE);
    return harness;
  }

  private OneInputStreamOperatorTestHarness<EpochPart, Void> started() throws Exception {
    OneInputStreamOperatorTestHarness<EpochPart, Void> harness = harness(null);
    harness.open();
    return harness;
  }

  private OneInputStreamOperatorTestHarness<EpochPart, Void> restored(
      OperatorSubtaskState state, long checkpoint) throws Exception {
    OneInputStreamOperatorTestHarness<EpochPart, Void> harness = harness(null);
    harness.setRestoredCheckpointId(checkpoint);
    harness.initializeState(state);
    harness.open();
    return harness;
  }

  private static EpochPart offset(long next) {
    return new OffsetsAdvanced(0, "clicks", 0, next);
  }

  @Test
  void commitsWhenTheCheckpointIsComplete() throws Exception {
    try (var harness = started()) {
      harness.processElement(offset(5), 0);
      harness.snapshot(1, 0);
      assertThat(log.committed).isEmpty();
      harness.notifyOfCompletedCheckpoint(1);
      harness.processElement(offset(9), 0);
      harness.snapshot(2, 0);
      harness.notifyOfCompletedCheckpoint(2);
    }
    assertThat(log.calls).containsExactly("claim", "commit 1", "commit 2", "release", "close");
    assertThat(log.claimed).isEqualTo(new Claim(Committable.NONE, 0, Start.WITHOUT_STATE));
    Committable first = log.committed.get(0);
    Committable second = log.committed.get(1);
    assertThat(first.parent()).isEqualTo(Committable.NONE);
    assertThat(first.attempt()).isEqualTo(1);
    assertThat(second.parent()).isEqualTo(first.uuid());
    assertThat(second.offsets()).extracting(o -> o.nextOffset()).containsExactly(9L);
  }

  @Test
  void recommitsWhatACrashLeftBeforeItClaims() throws Exception {
    OperatorSubtaskState state;
    try (var harness = started()) {
      harness.processElement(offset(5), 0);
      state = harness.snapshot(1, 0);
      harness.processElement(offset(6), 0);
    }
    log.calls.clear();
    try (var harness = restored(state, 1)) {
      assertThat(log.calls).containsExactly("recommit 1", "claim");
      assertThat(log.claimed).isEqualTo(new Claim(log.committed.get(0).uuid(), 1, Start.RESTORED));
      harness.processElement(offset(7), 0);
      harness.snapshot(2, 0);
      harness.notifyOfCompletedCheckpoint(2);
    }
    assertThat(log.committed).hasSize(2);
    assertThat(log.committed.get(1).attempt()).isEqualTo(2);
    assertThat(log.committed.get(1).offsets()).extracting(o -> o.nextOffset()).containsExactly(7L);
  }

  @Test
  void aRestoreAfterTheCommitCommitsNothingTwice() throws Exception {
    OperatorSubtaskState state;
    try (var harness = started()) {
      harness.processElement(offset(5), 0);
      state = harness.snapshot(1, 0);
      harness.notifyOfCompletedCheckpoint(1);
    }
    try (var harness = restored(state, 1)) {
      harness.snapshot(2, 0);
      harness.notifyOfCompletedCheckpoint(2);
    }
    assertThat(log.committed).hasSize(1);
    assertThat(log.claimed.head()).isEqualTo(log.committed.get(0).uuid());
  }

  @Test
  void anAbortedCheckpointIsCommittedWithTheNextOneInOrder() throws Exception {
    try (var harness = started()) {
      harness.processElement(offset(5), 0);
      harness.snapshot(1, 0);
      harness.getOneInputOperator().notifyCheckpointAborted(1);
      harness.processElement(offset(6), 0);
      harness.snapshot(2, 0);
      harness.processElement(offset(7), 0);
      harness.snapshot(3, 0);
      harness.notifyOfCompletedCheckpoint(2);
      assertThat(log.calls).containsExactly("claim", "commit 1", "commit 2");
      harness.notifyOfCompletedCheckpoint(3);
    }
    assertThat(log.committed).extracting(Committable::checkpoint).containsExactly(1L, 2L, 3L);
  }

  @Test
  void anEmptyEpochMakesNoCommitAndKeepsTheParent() throws Exception {
    OperatorSubtaskState state;
    try (var harness = started()) {
      harness.processElement(offset(5), 0);
      harness.snapshot(1, 0);
      harness.notifyOfCompletedCheckpoint(1);
      state = harness.snapshot(2, 0);
      harness.notifyOfCompletedCheckpoint(2);
      harness.processElement(offset(6), 0);
      harness.snapshot(3, 0);
      harness.notifyOfCompletedCheckpoint(3);
    }
    assertThat(log.committed).extracting(Committable::checkpoint).containsExactly(1L, 3L);
    assertThat(log.committed.get(1).parent()).isEqualTo(log.committed.get(0).uuid());
    log.committed.remove(1);
    try (var harness = restored(state, 2)) {
      assertThat(harness).isNotNull();
      assertThat(log.claimed).isEqualTo(new Claim(log.committed.get(0).uuid(), 2, Start.RESTORED));
    }
  }

  @Test
  void theFinalCheckpointCommitsWhatCameBeforeTheEndOfInput() throws Exception {
    try (var harness = started()) {
      harness.processElement(offset(5), 0);
      harness.endInput();
      harness.getOneInputOperator().finish();
      harness.snapshot(1, 0);
      harness.notifyOfCompletedCheckpoint(1);
    }
    assertThat(log.committed).hasSize(1);
    assertThat(log.calls).containsExactly("claim", "commit 1", "release", "close");
  }

  @Test
  void aStateThatNeverCommittedIsStillAState() throws Exception {
    OperatorSubtaskState state;
    try (var harness = started()) {
      state = harness.snapshot(1, 0);
    }
    try (var harness = restored(state, 1)) {
      assertThat(harness).isNotNull();
      assertThat(log.claimed).isEqualTo(new Claim(Committable.NONE, 1, Start.RESTORED));
    }
  }

  @Test
  void aTakeOverClaimsTheHeadItReadItsOffsetsFrom() throws Exception {
    UUID head = new UUID(7, 7);
    try (var harness = harness(head)) {
      harness.open();
      assertThat(log.claimed).isEqualTo(new Claim(head, 0, Start.TAKE_OVER));
    }
  }

  @Test
  void liveWritersAreRegisteredAtOnce() throws Exception {
    UUID writer = new UUID(1, 2);
    try (var harness = started()) {
      harness.processElement(new LiveWriterStarted(writer), 0);
      assertThat(log.calls).containsExactly("claim", "register " + writer);
    }
  }

  @Test
  void showsThatItIsAlive() throws Exception {
    try (var harness = started()) {
      harness.setProcessingTime(3_000);
      harness.setProcessingTime(6_000);
      assertThat(log.calls).containsExactly("claim", "seen", "seen");
    }
  }

  @Test
  void aLostClaimRestartsTheJob() throws Exception {
    try (var harness = started()) {
      harness.processElement(offset(5), 0);
      harness.snapshot(1, 0);
      log.refusal = Reason.CLAIM_LOST;
      assertThatThrownBy(() -> harness.notifyOfCompletedCheckpoint(1))
          .isInstanceOf(CommitRefusedException.class)
          .hasMessage("refused for the test");
      log.refusal = null;
    }
  }

  @Test
  void anyOtherRefusalStopsTheJobForGood() throws Exception {
    try (var harness = started()) {
      harness.processElement(offset(5), 0);
      harness.snapshot(1, 0);
      log.refusal = Reason.WRONG_PARENT;
      assertThatThrownBy(() -> harness.notifyOfCompletedCheckpoint(1))
          .isInstanceOf(SuppressRestartsException.class)
          .cause()
          .hasMessage("refused for the test");
      log.refusal = null;
    }
  }

  @Test
  void cancellationEndsWhatItWaitsFor() throws Exception {
    try (var harness = started()) {
      harness.getOperator().getContainingTask().getCancelables().close();
      assertThat(log.calls).containsExactly("claim", "abort");
    }
  }
}
