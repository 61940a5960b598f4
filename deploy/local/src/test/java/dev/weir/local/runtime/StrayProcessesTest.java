package dev.weir.local.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StrayProcessesTest {
  /** Forks a process that keeps its parent's arguments, as a session of PostgreSQL is at first. */
  private static final String FORK = "exec 3<&0; (echo forked; read end <&3) & wait";

  @TempDir Path folder;

  @Test
  void leavesWhatAPartHasForkedToThePart() throws IOException {
    DataDirectory data = DataDirectory.create(folder);
    Process part = new ProcessBuilder("sh", "-c", FORK, "part", StrayProcesses.mark(data)).start();
    try {
      assertThat(part.inputReader().readLine()).isEqualTo("forked");
      ProcessHandle forked = part.children().findFirst().orElseThrow();
      assertThat(forked.info().arguments().orElseThrow()).contains(StrayProcesses.mark(data));

      assertThat(StrayProcesses.find(data, Set.of(part.pid()))).isEmpty();
      assertThat(StrayProcesses.find(data, Set.of())).containsExactly(part.toHandle());
    } finally {
      part.descendants().forEach(ProcessHandle::destroyForcibly);
      part.destroyForcibly();
    }
  }
}
