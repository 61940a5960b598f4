package dev.weir.benchmark.peer;

import dev.weir.benchmark.BenchmarkFailure;
import dev.weir.benchmark.BenchmarkRuntime;
import dev.weir.local.runtime.JavaCommand;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

/** A peer in a process of its own; what it says line by line is in {@code PeerReport}. */
final class PeerProcess {
  private static final long PATIENCE_MINUTES = 15;
  private static final String FINISHED = "finished";

  private final BenchmarkRuntime runtime;
  private final PeerProgram program;
  private final Path log;

  /** Takes in what a peer says. */
  interface Listener {
    /** A line; {@code finished} is the last. */
    void said(String line, long pid);
  }

  PeerProcess(BenchmarkRuntime runtime, PeerProgram program, String name) {
    this.runtime = runtime;
    this.program = program;
    this.log = runtime.data().log("peer-" + name);
  }

  /**
   * Runs the peer to its end.
   *
   * @throws BenchmarkFailure if it is not built, fails, or takes longer than anything should
   */
  void run(List<String> orders, Listener listener) throws IOException, InterruptedException {
    Process process = start(orders);
    Executor later = CompletableFuture.delayedExecutor(PATIENCE_MINUTES, TimeUnit.MINUTES);
    later.execute(process::destroyForcibly);
    boolean finished = false;
    try (BufferedReader lines =
        new BufferedReader(
            new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        listener.said(line, process.pid());
        finished |= line.equals(FINISHED);
      }
    } finally {
      process.destroyForcibly();
    }
    process.waitFor();
    if (!finished) {
      throw new BenchmarkFailure(program.qualifiedMainClass() + " did not finish; see " + log);
    }
  }

  private Process start(List<String> orders) throws IOException {
    Path home = runtime.installation().home();
    if (!program.isBuilt(home)) {
      throw new BenchmarkFailure(
          "the peers are not built. In " + home + ": mvn -Ppeers -DskipTests package");
    }
    JavaCommand command =
        new JavaCommand(runtime.data(), program.heapMegabytes())
            .option("-Xms" + program.initialHeapMegabytes() + "m")
            .opened()
            .option("-cp")
            .option(program.classPath(home))
            .run(program.qualifiedMainClass());
    program.orders().forEach(command::run);
    orders.forEach(command::run);
    ProcessBuilder builder = new ProcessBuilder(command.words()).redirectError(log.toFile());
    builder.environment().put("SPARK_LOCAL_IP", "127.0.0.1");
    return builder.start();
  }
}
