package dev.weir.benchmark.guard;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/**
 * The one timed test: it fails if a stage of the per-event path has lost 30 % against a loop that
 * is timed with it. In a process of its own, so that no other test has shaped its code.
 */
class RegressionGuardITCase {
  @Test
  void noStageCostsMuchMoreThanItDid() throws Exception {
    ProcessBuilder guard =
        new ProcessBuilder("bash", Path.of("run").toAbsolutePath().toString(), "guard")
            .redirectErrorStream(true);
    guard.environment().put("JAVA_HOME", System.getProperty("java.home"));
    Process process = guard.start();
    String figures = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    System.out.println(figures);
    assertThat(process.waitFor()).as(figures).isZero();
  }
}
