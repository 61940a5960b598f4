package dev.weir.local.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.local.status.ServedFigures.Disagreement;
import java.util.List;
import org.junit.jupiter.api.Test;

class DisagreementTextTest {
  private static final Disagreement FILE =
      new Disagreement(
          7, "verify", "archive-complete", "hours/a.parquet", "2026-03-01 10:00", 1, "is missing");
  private static final Disagreement COMMIT =
      new Disagreement(7, "verify", "ledger", "commit 3", null, 1, null);
  private static final Disagreement HELD_BACK =
      new Disagreement(
          8, "run", "ledger", "commit 3", "2026-03-01 10:00", 84, "is not what the journal says");

  @Test
  void namesEachPlaceAndWhatToDo() {
    assertThat(DisagreementText.of(2, List.of(FILE, COMMIT), "weir "::concat))
        .isEqualTo(
            """
            2 disagreements between archive, ledger and tables:
              archive-complete: hours/a.parquet, event hour 2026-03-01 10:00: is missing (verify 7)
              ledger: commit 3 (verify 7)
              weir repair mends what can be mended.""");
  }

  @Test
  void saysTheSameOfManyHoursOnce() {
    assertThat(DisagreementText.of(87, List.of(COMMIT, HELD_BACK), "weir "::concat))
        .contains(
            "\n  ledger: commit 3, event hour 2026-03-01 10:00 and 83 more: is not what the journal"
                + " says (run 8)\n  and 2 more: weir sql");
  }

  @Test
  void saysWhereToReadTheRest() {
    assertThat(DisagreementText.of(1_200, List.of(COMMIT), "weir "::concat))
        .startsWith("1,200 disagreements")
        .contains("and 1199 more: weir sql \"SELECT * FROM serving.disagreements\"");
  }
}
