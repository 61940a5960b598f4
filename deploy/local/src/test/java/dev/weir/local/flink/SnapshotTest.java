package dev.weir.local.flink;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.local.runtime.DataDirectory;
import dev.weir.local.runtime.LocalRuntimeException;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SnapshotTest {
  private static final String JOB = "9629f7ff653233fa14ad33ba99c29884";

  @TempDir Path folder;

  @Test
  void theNewestOfCheckpointsAndSavepointsByTheirOwnId() throws IOException {
    write(checkpoints().resolve(JOB).resolve("chk-7"), 7);
    write(checkpoints().resolve(JOB).resolve("chk-10"), 10);
    write(savepoints().resolve("savepoint-9629f7-0a1b"), 9);
    write(savepoints().resolve("savepoint-ffffff-0a1b"), 99);
    assertThat(resumePoint(7, false))
        .isEqualTo(new Snapshot(checkpoints().resolve(JOB).resolve("chk-10"), 10));
  }

  @Test
  void oneThatWasNotCompletedDoesNotCount() throws IOException {
    write(savepoints().resolve("savepoint-9629f7-0a1b"), 9);
    Files.createDirectories(checkpoints().resolve(JOB).resolve("chk-11"));
    assertThat(resumePoint(9, false).checkpoint()).isEqualTo(9);
  }

  @Test
  void withoutAnyFolderThereIsNoneAndTheMessageSaysWhatHelps() {
    assertThatThrownBy(() -> resumePoint(9, false))
        .isInstanceOf(LocalRuntimeException.class)
        .hasMessageStartingWith("Commit 5 was made at checkpoint 9 of job " + JOB)
        .hasMessageContaining("weir up --take-over");
  }

  @Test
  void afterARewindWhatItLeftOfLaterCheckpointsIsPassedOver() throws IOException {
    write(checkpoints().resolve(JOB).resolve("chk-7"), 7);
    write(checkpoints().resolve(JOB).resolve("chk-10"), 10);
    write(savepoints().resolve("savepoint-9629f7-0a1b"), 12);
    assertThat(resumePoint(7, true).checkpoint()).isEqualTo(7);
  }

  @Test
  void afterARewindACheckpointOfEmptyEpochsStandsInForTheCommitsOwn() throws IOException {
    write(checkpoints().resolve(JOB).resolve("chk-10"), 10);
    write(checkpoints().resolve(JOB).resolve("chk-11"), 11);
    assertThat(resumePoint(7, true).checkpoint()).isEqualTo(10);
    assertThatThrownBy(() -> resumePoint(12, true))
        .hasMessageStartingWith("Commit 5 was made at checkpoint 12 of job " + JOB)
        .hasMessageContaining("weir up --take-over");
  }

  @Test
  void whatContinuesRemovedCommitsIsDeleted() throws IOException {
    write(checkpoints().resolve(JOB).resolve("chk-7"), 7);
    write(checkpoints().resolve(JOB).resolve("chk-10"), 10);
    write(savepoints().resolve("savepoint-9629f7-0a1b"), 12);
    write(savepoints().resolve("savepoint-ffffff-0a1b"), 99);
    new AbandonedSnapshots(Map.of(JOB, 8L)).delete(new DataDirectory(folder));
    assertThat(resumePoint(7, false).checkpoint()).isEqualTo(7);
    assertThat(savepoints().resolve("savepoint-ffffff-0a1b")).exists();
  }

  @Test
  void whetherOneWillBeLeftIsKnownBeforeTheOthersAreDeleted() throws IOException {
    DataDirectory data = new DataDirectory(folder);
    CommitHead target = new CommitHead(5, JOB, 7, true);
    write(checkpoints().resolve(JOB).resolve("chk-10"), 10);
    assertThat(target.hasSnapshotBeside(new AbandonedSnapshots(Map.of(JOB, 11L)), data)).isTrue();
    assertThat(target.hasSnapshotBeside(new AbandonedSnapshots(Map.of(JOB, 10L)), data)).isFalse();
    assertThat(target.hasSnapshotBeside(new AbandonedSnapshots(Map.of()), data)).isTrue();
  }

  /** Of the head, commit 5. */
  private Snapshot resumePoint(long checkpoint, boolean rewound) {
    return new CommitHead(5, JOB, checkpoint, rewound).resumePoint(new DataDirectory(folder));
  }

  private Path checkpoints() {
    return folder.resolve("checkpoints");
  }

  private Path savepoints() {
    return folder.resolve("savepoints");
  }

  private static void write(Path snapshot, long checkpoint) throws IOException {
    Files.createDirectories(snapshot);
    try (DataOutputStream out =
        new DataOutputStream(Files.newOutputStream(snapshot.resolve("_metadata")))) {
      out.writeInt(0x4960672d);
      out.writeInt(6);
      out.writeLong(checkpoint);
    }
  }
}
