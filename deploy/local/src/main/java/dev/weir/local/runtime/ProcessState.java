package dev.weir.local.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What Linux says a process does; elsewhere nothing is known. */
public final class ProcessState {
  private ProcessState() {}

  /** The system's word, as in "D (disk sleep)"; empty if it has none. */
  public static String of(long pid) {
    return field(pid, "State:");
  }

  /**
   * Dead, but not yet collected by its parent: in a container nobody may ever do so. A process
   * whose first thread has ended while others have not still holds its ports and files.
   */
  public static boolean isZombie(long pid) {
    return of(pid).startsWith("Z") && !field(pid, "Threads:").matches("[2-9]|[1-9][0-9]+");
  }

  private static String field(long pid, String name) {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
      return lines
          .filter(line -> line.startsWith(name))
          .map(line -> line.substring(name.length()).strip())
          .findFirst()
          .orElse("");
    } catch (IOException | UncheckedIOException e) {
      return "";
    }
  }
}
