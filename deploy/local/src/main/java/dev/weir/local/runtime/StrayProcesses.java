package dev.weir.local.runtime;

import java.util.Arrays;
import java.util.List;
import java.util.Set;

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

  /**
   * Processes that carry the mark, or PostgreSQL's form of it, as an argument of their own. What
   * such a process or a recorded one has forked is not among them: it has the same arguments until
   * it takes others, as a session of PostgreSQL does, and is its parent's to end.
   */
  public static List<ProcessHandle> find(DataDirectory data, Set<Long> recorded) {
    List<String> marks = List.of(mark(data), data.root().resolve("postgres/data").toString());
    long own = ProcessHandle.current().pid();
    return ProcessHandle.allProcesses()
        .filter(p -> p.pid() != own && !recorded.contains(p.pid()) && isMarked(p, marks))
        .filter(p -> p.parent().filter(of -> isMarked(of, marks)).isEmpty())
        .toList();
  }

  private static boolean isMarked(ProcessHandle process, List<String> marks) {
    return process.info().arguments().stream().flatMap(Arrays::stream).anyMatch(marks::contains);
  }
}
