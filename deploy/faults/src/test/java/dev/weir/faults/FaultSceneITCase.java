package dev.weir.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.local.part.LocalParts;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The fixture itself: one kill, one batch run, and everything is as it must be. */
@Tag("fault")
class FaultSceneITCase {
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  @Test
  void aKilledTaskManagerChangesNothing(@TempDir Path folder) throws Exception {
    try (FaultScene scene = FaultScene.start(folder, 7, 200)) {
      scene.health().await(PATIENCE);
      assertThat(scene.compare(PATIENCE)).isEmpty();
      scene.runtime().kill(LocalParts.TASK_MANAGER);
      scene.health().await(PATIENCE);
      assertThat(scene.compare(PATIENCE)).isEmpty();
      assertThat(scene.runtime().batch()).isZero();
      assertThat(scene.compare(PATIENCE)).isEmpty();
      assertThat(scene.poller().polls()).isGreaterThan(10);
    }
  }
}
