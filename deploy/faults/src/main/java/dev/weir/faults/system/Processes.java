package dev.weir.faults.system;

import dev.weir.local.runtime.PartRecord;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;

/** Signals to processes by their pid. */
public final class Processes {
  /** A killed process ends when its last write to a busy disk returns. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private static final Duration POLL = Duration.ofMillis(20);

  private Processes() {}

  /** SIGKILL to a process and all its descendants; returns when none of them runs. */
  public static void kill(ProcessHandle process) throws InterruptedException {
    List<PartRecord> all = new ArrayList<>();
    all.add(PartRecord.of("", process));
    process.descendants().forEach(p -> all.add(PartRecord.of("", p)));
    all.forEach(p -> p.process().ifPresent(ProcessHandle::destroyForcibly));
    if (!await(PATIENCE, () -> all.stream().noneMatch(PartRecord::isAlive))) {
      throw new IllegalStateException("pid " + process.pid() + " does not die");
    }
  }

  /** Sends a signal, such as {@code STOP}. */
  public static void signal(long pid, String signal) throws IOException, InterruptedException {
    run("kill", "-" + signal, Long.toString(pid));
  }

  /** Runs a command of the system to its end. */
  public static void run(String... command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    if (process.waitFor() != 0) {
      throw new IOException(String.join(" ", command) + " failed: " + output.strip());
    }
  }

  /** Polls until the condition holds; false if it does not in time. */
  public static boolean await(Duration patience, BooleanSupplier condition)
      throws InterruptedException {
    long deadline = System.nanoTime() + patience.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() > deadline) {
        return false;
      }
      Thread.sleep(POLL.toMillis());
    }
    return true;
  }
}
