package dev.weir.benchmark.soak;

import dev.weir.benchmark.BenchmarkFailure;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What a JVM's objects take, garbage not included: it is collected first, by the JDK's jcmd. G1
 * counts large objects in whole regions.
 */
final class LiveHeap {
  /** A generation of the heap, whatever the collector calls it; its parts are indented more. */
  private static final Pattern SPACE =
      Pattern.compile("^ (?! |Metaspace).* used (\\d+)K", Pattern.MULTILINE);

  private LiveHeap() {}

  /** In MiB. */
  static long mebibytes(long pid) throws InterruptedException {
    jcmd(pid, "GC.run");
    return used(jcmd(pid, "GC.heap_info"));
  }

  /**
   * Adds up the spaces of a heap, in MiB.
   *
   * @param heapInfo what {@code jcmd GC.heap_info} prints
   */
  static long used(String heapInfo) {
    Matcher spaces = SPACE.matcher(heapInfo);
    if (!spaces.find()) {
      throw new BenchmarkFailure("jcmd tells of no heap: " + heapInfo);
    }
    long kibibytes = 0;
    do {
      kibibytes += Long.parseLong(spaces.group(1));
    } while (spaces.find());
    return kibibytes >> 10;
  }

  private static String jcmd(long pid, String command) throws InterruptedException {
    Path jcmd = Path.of(System.getProperty("java.home"), "bin", "jcmd");
    try {
      Process process =
          new ProcessBuilder(jcmd.toString(), Long.toString(pid), command)
              .redirectErrorStream(true)
              .start();
      String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
      if (process.waitFor() != 0) {
        throw new BenchmarkFailure("jcmd " + pid + " " + command + " failed: " + said);
      }
      return said;
    } catch (IOException e) {
      throw new BenchmarkFailure("cannot run " + jcmd + "; a soak needs a whole JDK: " + e);
    }
  }
}
