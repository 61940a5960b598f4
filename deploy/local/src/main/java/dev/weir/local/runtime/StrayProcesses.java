package dev.weir.local.runtime;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Processes of a data directory that no record names: their command was killed after it had started
 * them and before it could write the record, or a batch run is still under way.
 */
public final class StrayProcesses {
  private StrayProcesses() {}

  /** The JVM argument that marks a process as one of this directory. */
  public static String mark(DataDirectory data) {
    return "-Dweir.data=" + data.root();
  }

  /** Processes that carry the mark, or PostgreSQL's form of it, as an argument of their own. */
  public static List<ProcessHandle> find(DataDirectory data, Set<Long> recorded) {
    String mark = mark(data);
    String postgres = data.root().resolve("postgres/data").toString();
    return ProcessHandle.allProcesses()
        .filter(p -> p.pid() != ProcessHandle.current().pid() && !recorded.contains(p.pid()))
        .filter(p -> hasArgument(p, mark) || hasArgument(p, postgres))
        .toList();
  }

  /**
   * Kills every process of the directory, and the {@code weir} commands that this process runs on
   * it, if they are still there when this process ends: after Ctrl-C or TERM. For a directory that
   * nobody goes on with.
   */
  public static void killAtExit(DataDirectory data) {
    Runtime.getRuntime().addShutdownHook(new Thread(() -> killAll(data), "kill-parts"));
  }

  /** Looks again until there are none: a command that was just killed may have started one more. */
  private static void killAll(DataDirectory data) {
    String root = data.root().toString();
    while (true) {
      List<ProcessHandle> left =
          Stream.concat(
                  ProcessHandle.current().descendants().filter(p -> hasArgument(p, root)),
                  find(data, Set.of()).stream())
              .toList();
      if (left.isEmpty()) {
        return;
      }
      left.forEach(ProcessHandle::destroyForcibly);
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(100));
    }
  }

  private static boolean hasArgument(ProcessHandle process, String word) {
    return process.info().arguments().map(a -> Arrays.asList(a).contains(word)).orElse(false);
  }
}
