package dev.weir.local.part;

import dev.weir.local.runtime.LocalRuntimeException;
import dev.weir.local.runtime.ProcessState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * The lock file of a PostgreSQL cluster. A server that starts takes the lock for held as long as
 * the pid in it exists. Where nobody collects the dead, as in many containers, a killed server's
 * pid exists for ever.
 */
final class PostmasterLock {
  private static final Duration PATIENCE = Duration.ofMinutes(1);

  private PostmasterLock() {}

  /**
   * Removes the lock of a server that was killed and not collected, once the last process that
   * served its clients has ended. Any other lock is left for the server to judge.
   */
  static void releaseIfDead(Path cluster) {
    Path lock = cluster.resolve("postmaster.pid");
    try {
      if (!Files.exists(lock) || !isDead(Files.readAllLines(lock))) {
        return;
      }
      PartRunner.await(
          PATIENCE,
          () -> ProcessHandle.allProcesses().noneMatch(p -> worksIn(cluster, p.pid())),
          () -> {},
          () ->
              new LocalRuntimeException(
                  "PostgreSQL in "
                      + cluster
                      + " was killed, and processes of it still run. End them and try again."));
      Files.deleteIfExists(lock);
    } catch (IOException e) {
      throw new LocalRuntimeException("Cannot read or remove " + lock + ": " + e, e);
    }
  }

  private static boolean isDead(List<String> lines) {
    return !lines.isEmpty()
        && lines.get(0).strip().matches("[0-9]{1,10}")
        && ProcessState.isZombie(Long.parseLong(lines.get(0).strip()));
  }

  /** Each process of a server works in the folder of its cluster; a dead one works nowhere. */
  private static boolean worksIn(Path cluster, long pid) {
    try {
      return Files.isSameFile(Path.of("/proc/" + pid + "/cwd"), cluster);
    } catch (IOException e) {
      return false;
    }
  }
}
