package dev.weir.local.part;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import dev.weir.local.runtime.ProcessState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

class PostmasterLockTest {
  @TempDir Path cluster;

  @Test
  @EnabledOnOs(OS.LINUX)
  void theLockOfAServerThatNobodyCollectedIsReleased() throws Exception {
    // A program that never asks for its child: the shell does, so the child waits until it has
    // become another one.
    String script =
        "(until [ \"$(cat /proc/$$/comm)\" = sleep ]; do :; done) & echo $!; exec sleep 600";
    Process parent = new ProcessBuilder("sh", "-c", script).start();
    try {
      String pid = parent.inputReader().readLine();
      await().atMost(Duration.ofMinutes(1)).until(() -> ProcessState.isZombie(Long.parseLong(pid)));
      Path lock = locked(pid);
      PostmasterLock.releaseIfDead(cluster);
      assertThat(lock).doesNotExist();
    } finally {
      parent.destroyForcibly().waitFor();
    }
  }

  @Test
  void theLockOfAProcessThatRunsIsKept() throws Exception {
    Path lock = locked(Long.toString(ProcessHandle.current().pid()));
    PostmasterLock.releaseIfDead(cluster);
    assertThat(lock).exists();
  }

  @Test
  void aLockThatNamesNoProcessIsLeftToTheServer() throws Exception {
    Path lock = locked("not a pid");
    PostmasterLock.releaseIfDead(cluster);
    assertThat(lock).exists();
  }

  private Path locked(String pid) throws Exception {
    return Files.writeString(cluster.resolve("postmaster.pid"), pid + "\n" + cluster + "\n");
  }
}
