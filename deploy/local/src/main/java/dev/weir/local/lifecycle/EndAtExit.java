package dev.weir.local.lifecycle;

import dev.weir.local.flink.FlinkConfiguration;
import dev.weir.local.part.PartRunner;
import dev.weir.local.part.PartStopper;
import dev.weir.local.runtime.DataDirectory;
import dev.weir.local.runtime.Progress;
import dev.weir.local.runtime.StrayProcesses;
import java.util.Arrays;
import java.util.Set;

/**
 * Ends what runs in a directory, without a savepoint, if it still runs when this process ends:
 * after Ctrl-C or TERM, in the middle of whatever it does.
 */
public final class EndAtExit {
  /** What this process was starting when it was told to end may come up after the first. */
  private static final int ROUNDS = 3;

  private final DataDirectory data;
  private final Progress progress;
  private final Thread user = Thread.currentThread();
  private final Thread hook = new Thread(this::end, "end-parts");

  private EndAtExit(DataDirectory data, Progress progress) {
    this.data = data;
    this.progress = progress;
  }

  /**
   * Has it done, until it is cancelled. The thread that calls this is interrupted first; where
   * everything was ended before, nothing is done.
   */
  public static EndAtExit of(DataDirectory data, Progress progress) {
    EndAtExit atExit = new EndAtExit(data, progress);
    Runtime.getRuntime().addShutdownHook(atExit.hook);
    return atExit;
  }

  /** What runs then goes on when this process ends. */
  public void cancel() {
    try {
      boolean unused = Runtime.getRuntime().removeShutdownHook(hook);
    } catch (IllegalStateException e) {
      return; // It is at work.
    }
  }

  private void end() {
    user.interrupt();
    if (isInUse()) {
      progress.warn("Interrupted: ending what runs in " + data.root() + ".");
    }
    for (int round = 0; round < ROUNDS && isInUse(); round++) {
      // Not under the directory's lock: a command or a thread of this process may have it.
      ProcessHandle.current()
          .descendants()
          .filter(this::isCommand)
          .forEach(ProcessHandle::destroyForcibly);
      new PartStopper(data, new PartRunner(data)).stopAll();
      FlinkConfiguration.deleteTemporaryFiles(data);
    }
  }

  private boolean isInUse() {
    return !StrayProcesses.find(data, Set.of()).isEmpty()
        || ProcessHandle.current().descendants().anyMatch(this::isCommand);
  }

  /** Whether it is a {@code weir} command with this {@code --data}. */
  private boolean isCommand(ProcessHandle process) {
    String root = data.root().toString();
    return process.info().arguments().map(a -> Arrays.asList(a).contains(root)).orElse(false);
  }
}
