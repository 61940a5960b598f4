package dev.weir.benchmark.peer;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * How a peer is started.
 *
 * @param module its folder under {@code deploy/benchmarks/peers}
 * @param mainClass within {@code dev.weir.benchmark.peer}
 * @param heapMegabytes the most heap it may have
 * @param orders beside those that all peers of its kind get
 */
public record PeerProgram(String module, String mainClass, int heapMegabytes, List<String> orders) {

  /** Whether the module was built. */
  boolean isBuilt(Path home) {
    return Files.isDirectory(target(home).resolve("classes"))
        && Files.isDirectory(target(home).resolve("lib"));
  }

  /** What it starts with: a heap that grows from little would cost it time. */
  int initialHeapMegabytes() {
    return Math.min(2048, heapMegabytes / 2);
  }

  String classPath(Path home) {
    return target(home).resolve("classes") + ":" + target(home).resolve("lib") + "/*";
  }

  String qualifiedMainClass() {
    return "dev.weir.benchmark.peer." + mainClass;
  }

  private Path target(Path home) {
    return home.resolve("deploy/benchmarks/peers").resolve(module).resolve("target");
  }
}
