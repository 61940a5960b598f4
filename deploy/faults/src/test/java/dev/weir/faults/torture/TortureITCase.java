package dev.weir.faults.torture;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.CleanupMode;
import org.junit.jupiter.api.io.TempDir;

/**
 * Torture until every kind of fault has come about once, which takes some four minutes; {@code
 * -Dweir.torture.for=30m} for more. Only long runs meet every step of each kind, and outages of a
 * minute.
 */
@Tag("fault")
class TortureITCase {
  private static final long SEED = 20260301;

  @Test
  void everyNumberStaysRight(@TempDir(cleanup = CleanupMode.ON_SUCCESS) Path folder)
      throws Exception {
    Duration length = TortureCommand.duration(System.getProperty("weir.torture.for", "1s"));
    boolean exact =
        Torture.run(folder.resolve("data"), TortureSettings.of(length, SEED), System.out);
    assertThat(exact).as("see the output above, and " + folder).isTrue();
  }
}
