package dev.weir.faults.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.faults.check.TotalsPoller;
import dev.weir.faults.stage.OnStage;
import dev.weir.faults.stage.Stage;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Parallelism 1, 3 and 2, each from the savepoint of the one before. */
@OnStage
class RescaleITCase {
  private final Stage stage;
  private final int usual;

  RescaleITCase(Stage stage) {
    this.stage = stage;
    this.usual = stage.runtime().parallelism();
  }

  @AfterEach
  void asItWas() {
    stage.runtime().parallelism(usual);
  }

  @Test
  void duplicatesAreFoundAcrossRescalings() throws Exception {
    try (TotalsPoller reader = stage.poll()) {
      for (int parallelism : new int[] {1, 3, 2}) {
        stage.flow();
        stage.runtime().stopJob();
        stage.runtime().parallelism(parallelism);
        stage.runtime().up();
        assertThat(stage.jobs().parallelism(stage.jobs().running())).isEqualTo(parallelism);
        stage.flowForCommits(2);
      }
      // Every one of the duplicates, of events from any of the three times, was found.
      assertThat(stage.stream().duplicates()).isPositive();
      stage.assertEqualsOracle();
      assertThat(reader.violations()).isEmpty();
    }
  }
}
