package dev.weir.local.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.local.status.ServedFigures.BatchRun;
import dev.weir.local.status.ServedFigures.Freshness;
import dev.weir.local.status.ServedFigures.IncompleteCube;
import dev.weir.local.status.StatusReport.PartState;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class StatusPrinterTest {

  @Test
  void aPartThatRunsIsNamedWithItsAddress() {
    ByteArrayOutputStream shown = new ByteArrayOutputStream();
    List<PartState> parts =
        List.of(
            new PartState("taskmanager", true, 4321, ""),
            new PartState("serving", true, 4322, "http://127.0.0.1:8080"),
            new PartState("kafka", false, 0, ""));

    new StatusPrinter(new PrintStream(shown, true, StandardCharsets.UTF_8))
        .print(new StatusReport(parts, Optional.empty(), Optional.empty(), List.of("x")));

    assertThat(shown.toString(StandardCharsets.UTF_8).lines().limit(3))
        .containsExactly(
            "taskmanager  running, pid 4321",
            "serving      running, pid 4322    http://127.0.0.1:8080",
            "kafka        not running");
  }

  @Test
  void aRunSaysWhatItComparedNotThatItComparedNothing() {
    assertThat(
            StatusPrinter.text(new BatchRun(3, "run", "published", 14, 2390, 2096, 4500, 0, null)))
        .isEqualTo(
            "run 3 published: 14 hours from 2,390 rows; both views agree (2,096 keys compared)");
    assertThat(StatusPrinter.text(new BatchRun(4, "run", "nothing-changed", 0, 0, 0, 12, 0, null)))
        .isEqualTo("run 4: nothing had changed");
    assertThat(StatusPrinter.text(new BatchRun(5, "run", "published", 2, 90, 0, 90, 0, null)))
        .isEqualTo(
            "run 5 published: 2 hours from 90 rows; the layers agree (90 rows, keys and commits"
                + " compared)");
    assertThat(StatusPrinter.text(new BatchRun(6, "run", "failed", 0, 90, 8, 90, 1, "gone")))
        .isEqualTo("run 6 failed: 0 hours from 90 rows; 1 DISAGREEMENT");
  }

  @Test
  void aCubeThatLacksCommitsIsNamedWithWhatToDo() {
    assertThat(StatusPrinter.text(new IncompleteCube("sales", Optional.of(3L))))
        .isEqualTo(
            "sales is whole through commit 3 only, because it was changed or added: weir batch"
                + " recomputes it, and 30 s later it is shown");
    assertThat(StatusPrinter.text(new IncompleteCube("sales", Optional.empty())))
        .startsWith("sales is shown as it was before, because it was changed or added: ");
  }

  @Test
  void anEventOfTheFutureIsNotTakenForAFreshOne() {
    assertThat(StatusPrinter.text(new Freshness("live", 3, -3, 0)))
        .isEqualTo("newest event 3 s old");
    assertThat(StatusPrinter.text(new Freshness("live", 0, 5, 0)))
        .isEqualTo("newest event 0 s old");
    assertThat(StatusPrinter.text(new Freshness("reconciled", 0, 7_200, 2)))
        .isEqualTo(
            "newest event 2 h AHEAD OF THE CLOCK: how old others are is not known, 2 commits behind");
    assertThat(StatusPrinter.text(new Freshness("live", -1, 7_200, 0)))
        .startsWith("newest event 2 h AHEAD");
    assertThat(StatusPrinter.text(new Freshness("live", -1, -1, 0))).isEqualTo("nothing");
  }

  @Test
  void aVerifySaysWhatItFound() {
    assertThat(StatusPrinter.text(new BatchRun(7, "verify", "verified", 0, 0, 0, 7_000, 0, null)))
        .isEqualTo("verify 7 verified: the layers agree (7,000 rows, keys and commits compared)");
    assertThat(
            StatusPrinter.text(new BatchRun(8, "verify", "verified", 0, 0, 0, 7_000, 3, "3 found")))
        .isEqualTo("verify 8 verified: 3 found");
    assertThat(StatusPrinter.text(new BatchRun(9, "repair", "verified", 2, 9, 0, 7_000, 3, null)))
        .isEqualTo("repair 9 verified: mended 3 disagreements");
    assertThat(StatusPrinter.text(new BatchRun(10, "rewind", "published", 0, 0, 0, 0, 0, null)))
        .isEqualTo("rewind 10 published");
  }
}
