package dev.weir.local.runtime;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;

/** What Linux says a process does; elsewhere nothing is known. */
public final class ProcessState {
  private static final String STATE = "State:";

  private ProcessState() {}

  /** The system's word, as in "D (disk sleep)"; empty if it has none. */
  public static String of(long pid) {
    try (Stream<String> lines = Files.lines(Path.of("/proc/" + pid + "/status"))) {
      return lines
          .filter(line -> line.startsWith(STATE))
          .map(line -> line.substring(STATE.length()).strip())
          .findFirst()
          .orElse("");
    } catch (IOException | UncheckedIOException e) {
      return "";
    }
  }

  /** Dead, but not yet collected by its parent: in a container nobody may ever do so. */
  public static boolean isZombie(long pid) {
    return of(pid).startsWith("Z");
  }
}
