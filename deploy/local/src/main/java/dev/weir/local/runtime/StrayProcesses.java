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

  /** Processes that carry the mark, or PostgreSQL's form of it, as an argument of their own. */
  public static List<ProcessHandle> find(DataDirectory data, Set<Long> recorded) {
    String mark = mark(data);
    String postgres = data.root().resolve("postgres/data").toString();
    return ProcessHandle.allProcesses()
        .filter(p -> p.pid() != ProcessHandle.current().pid() && !recorded.contains(p.pid()))
        .filter(
            p ->
                p.info()
                    .arguments()
                    .map(a -> Arrays.stream(a).anyMatch(w -> w.equals(mark) || w.equals(postgres)))
                    .orElse(false))
        .toList();
  }
}
