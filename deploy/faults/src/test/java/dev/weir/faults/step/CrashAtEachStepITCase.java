package dev.weir.faults.step;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.faults.check.TotalsPoller;
import dev.weir.faults.proxy.Armed;
import dev.weir.faults.proxy.Verdict;
import dev.weir.faults.stage.OnStage;
import dev.weir.faults.stage.Stage;
import dev.weir.faults.torture.CommitStep;
import dev.weir.local.part.LocalParts;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * The TaskManager is killed at a step of the protocol. What is there while nothing runs, and what
 * the next execution makes of it.
 */
@OnStage
class CrashAtEachStepITCase {
  private static final Duration POLL = Duration.ofMillis(10);
  private static final int SCENES = 10;

  private final Stage stage;
  private TotalsPoller reader;
  private long claim;
  private long head;

  CrashAtEachStepITCase(Stage stage) {
    this.stage = stage;
  }

  @BeforeEach
  void flow() throws Exception {
    reader = stage.poll();
    stage.settle();
    claim = stage.database().claim();
    head = stage.database().head();
  }

  @AfterEach
  void everythingIsRightAndTheReaderSawNothingWrong() throws Exception {
    stage.runtime().up();
    stage.assertEqualsOracle();
    reader.close();
    assertThat(reader.violations()).isEmpty();
    assertThat(reader.polls()).isPositive();
  }

  @Test
  void whileItsParquetFileIsOpenNothingListsTheFileAndItsRecordsAreReadAgain() throws Exception {
    Path arrivals = stage.runtime().data().archive().resolve("arrivals");
    Set<Path> open = killWhileAFileIsOpen(arrivals);
    for (int again = 0; open.isEmpty() && again < SCENES; again++) {
      // The checkpoint that closes it was faster.
      stage.runtime().up();
      stage.settle();
      open = killWhileAFileIsOpen(arrivals);
    }
    assertThat(open).as("files that are half written").isNotEmpty();

    stage.runtime().up();
    stage.settle();
    List<String> listed = stage.database().column("SELECT path FROM weir.archive_file");
    assertThat(open).noneMatch(file -> listed.contains("arrivals/" + arrivals.relativize(file)));
  }

  private Set<Path> killWhileAFileIsOpen(Path arrivals) throws Exception {
    Set<Path> before = files(arrivals);
    stage.flow();
    await()
        .pollDelay(Duration.ZERO)
        .pollInterval(POLL)
        .atMost(Stage.PATIENCE)
        .until(() -> !files(arrivals).equals(before));
    stage.runtime().kill(LocalParts.TASK_MANAGER);
    stage.pause();
    Set<Path> left = files(arrivals);
    left.removeAll(before);
    List<String> listed = stage.database().column("SELECT path FROM weir.archive_file");
    assertThat(left)
        .filteredOn(file -> !isWhole(file))
        .noneMatch(file -> listed.contains("arrivals/" + arrivals.relativize(file)));
    left.removeIf(CrashAtEachStepITCase::isWhole);
    return left;
  }

  /** Whether a Parquet file was written to its end: there it has its mark a second time. */
  private static boolean isWhole(Path file) {
    try {
      byte[] bytes = Files.readAllBytes(file);
      String end =
          new String(bytes, Math.max(0, bytes.length - 4), Math.min(4, bytes.length), US_ASCII);
      return bytes.length > 8 && end.equals("PAR1");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Set<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return new HashSet<>(files.filter(Files::isRegularFile).toList());
    }
  }

  @Test
  void beforeTheTransactionTheCheckpointHoldsTheCommitAndTheNextExecutionMakesIt()
      throws Exception {
    killAt(CommitStep.LOCK_HEAD);
    assertThat(commits()).isZero();
    assertThat(speedRows()).isZero();

    stage.runtime().up();
    assertCommittedOnceUnderTheOldClaim();
  }

  @Test
  void insideTheTransactionPostgresTakesEverythingBackAndTheNextExecutionMakesTheCommit()
      throws Exception {
    killAt(CommitStep.ROWS_COPIED);
    await().atMost(Stage.PATIENCE).until(() -> stage.database().openCommits() == 0);
    assertThat(commits()).isZero();
    assertThat(speedRows()).isZero();
    assertThat(stage.database().number("SELECT count(*) FROM weir.journal WHERE commit > ?", head))
        .isZero();

    stage.runtime().up();
    assertCommittedOnceUnderTheOldClaim();
  }

  @Test
  void rightBeforeTheEndOfTheTransactionIsStillInsideIt() throws Exception {
    killAt(CommitStep.BEFORE_COMMIT);
    await().atMost(Stage.PATIENCE).until(() -> stage.database().openCommits() == 0);
    assertThat(commits()).isZero();
    assertThat(speedRows()).isZero();

    stage.runtime().up();
    assertCommittedOnceUnderTheOldClaim();
  }

  @Test
  void afterTheTransactionTheCommitIsThereAndTheNextExecutionFindsItDoneBefore() throws Exception {
    killAt(CommitStep.AFTER_COMMIT);
    assertThat(commits()).isEqualTo(1);
    assertThat(speedRows()).isPositive();
    String made = made();

    stage.runtime().up();
    assertCommittedOnceUnderTheOldClaim();
    assertThat(made()).as("not made again").isEqualTo(made);
  }

  @Test
  void duringALiveFlushWhatWasShownIsHiddenByTheNextClaimAndShownAgain() throws Exception {
    killAt(CommitStep.LIVE_FLUSH);
    Set<String> writers = writers();
    assertThat(writers).isNotEmpty();

    stage.runtime().up();
    assertThat(stage.database().claim()).isGreaterThan(claim);
    assertThat(writers()).as("whose rows are shown").doesNotContainAnyElementsOf(writers);
    stage.settle();
    assertThat(stage.database().shown()).isEqualTo(stage.stream().unique());
  }

  private Set<String> writers() {
    return Set.copyOf(stage.database().column("SELECT writer FROM weir.live_writer"));
  }

  /** Events flow until the TaskManager dies there; then nothing flows. */
  private void killAt(CommitStep step) throws InterruptedException {
    Armed armed =
        step.arm(
            stage.runtime().proxy(),
            (session, at) -> {
              stage.runtime().kill(LocalParts.TASK_MANAGER);
              return Verdict.CUT;
            });
    stage.flow();
    assertThat(armed.await(Stage.PATIENCE)).isTrue();
    stage.pause();
  }

  private long commits() {
    return stage.database().head() - head;
  }

  private long speedRows() {
    return stage
        .database()
        .number("SELECT count(*) FROM %s WHERE commit > ?".formatted(stage.speedTable()), head);
  }

  private String made() {
    return stage
        .database()
        .text(
            "SELECT concat_ws(' ', uuid, attempt, committed_at, (SELECT xmin FROM weir.journal j"
                + " WHERE j.commit = l.commit)) FROM weir.ledger l WHERE commit = ?",
            head + 1);
  }

  private void assertCommittedOnceUnderTheOldClaim() {
    assertThat(stage.database().claim()).isGreaterThan(claim);
    assertThat(
            stage.database().column("SELECT attempt FROM weir.ledger WHERE commit = ?", head + 1))
        .as("the commit was prepared by the execution that died")
        .containsExactly(Long.toString(claim));
    assertThat(
            stage.database().number("SELECT count(*) FROM weir.journal WHERE commit = ?", head + 1))
        .isEqualTo(1);
  }
}
