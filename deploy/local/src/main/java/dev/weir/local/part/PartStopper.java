package dev.weir.local.part;

import dev.weir.local.runtime.DataDirectory;
import dev.weir.local.runtime.LocalRuntimeException;
import dev.weir.local.runtime.PartRecord;
import dev.weir.local.runtime.ProcessState;
import dev.weir.local.runtime.StrayProcesses;
import java.io.IOException;
import java.nio.file.Files;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;

/** Ends parts by their pid: asked first, then forced. */
public final class PartStopper {
  private static final Duration GRACE = Duration.ofSeconds(20);

  /** A killed process ends when its last write to a busy disk returns. */
  private static final Duration PATIENCE = Duration.ofMinutes(2);

  private final DataDirectory data;
  private final PartRunner runner;

  public PartStopper(DataDirectory data, PartRunner runner) {
    this.data = data;
    this.runner = runner;
  }

  /** Ends whatever belongs to this directory, and returns when none of it runs. */
  public void stopAll() {
    // Asked to end, Flink's processes hang for five seconds and then halt: all they hold is in the
    // savepoint or in the last checkpoint.
    kill(List.of(LocalParts.TASK_MANAGER, LocalParts.JOB_MANAGER));
    stop(List.of(LocalParts.SERVING));
    stop(List.of(LocalParts.KAFKA, LocalParts.POSTGRES));
    stopStrays();
  }

  /** Ends the parts together and returns when none of them runs. */
  public void stop(List<String> parts) {
    List<PartRecord> records = running(parts);
    records.forEach(r -> askToEnd(r.part(), r.pid()));
    awaitEnd(records, GRACE);
    force(records);
    parts.forEach(this::forget);
  }

  /** Ends the parts together without asking, for those that would lose nothing by it. */
  public void kill(List<String> parts) {
    List<PartRecord> records = running(parts);
    force(records);
    parts.forEach(this::forget);
  }

  private List<PartRecord> running(List<String> parts) {
    List<PartRecord> records = new ArrayList<>();
    for (String part : parts) {
      runner.record(part).filter(PartRecord::isAlive).ifPresent(records::add);
    }
    return records;
  }

  private static void force(List<PartRecord> records) {
    records.forEach(r -> r.process().ifPresent(ProcessHandle::destroyForcibly));
    awaitEnd(records, PATIENCE);
    for (PartRecord record : records) {
      if (record.isAlive()) {
        throw new LocalRuntimeException(
            "Part %s (pid %d) was killed %d s ago and does not end: the system has it %s."
                .formatted(
                    record.part(),
                    record.pid(),
                    PATIENCE.toSeconds(),
                    ProcessState.of(record.pid())));
      }
    }
  }

  /** Ends whatever else belongs to this directory: parts without a record, a batch run. */
  public void stopStrays() {
    stop(this::strays);
  }

  /** Ends parts without a record. Commands go on: they wait for what is away, or fail. */
  public void stopStrayParts() {
    stop(() -> strays().stream().filter(p -> !isBatchRun(p) && !isServingRun(p)).toList());
  }

  private static void stop(Supplier<List<ProcessHandle>> strays) {
    for (ProcessHandle stray : strays.get()) {
      askToEnd("", stray.pid());
    }
    long deadline = System.nanoTime() + GRACE.toNanos();
    while (!strays.get().isEmpty()) {
      if (System.nanoTime() > deadline) {
        strays.get().forEach(ProcessHandle::destroyForcibly);
      }
      PartRunner.pause();
    }
  }

  /** The Spark driver of a batch run at work. */
  public Optional<ProcessHandle> batchDriver() {
    return strays().stream().filter(PartStopper::isBatchRun).findFirst();
  }

  private static boolean isBatchRun(ProcessHandle process) {
    return process.info().commandLine().orElse("").contains("BatchLayerJob");
  }

  private static boolean isServingRun(ProcessHandle process) {
    return process.info().commandLine().orElse("").contains(" roll-ups ");
  }

  /** Processes of this directory that are not parts on record. */
  public List<ProcessHandle> strays() {
    Set<Long> recorded = new HashSet<>();
    for (String part : LocalParts.NAMES) {
      runner.record(part).filter(PartRecord::isAlive).ifPresent(r -> recorded.add(r.pid()));
    }
    return StrayProcesses.find(data, recorded).stream()
        .filter(p -> PartRecord.of("", p).isAlive())
        .toList();
  }

  private void forget(String part) {
    try {
      Files.deleteIfExists(data.run().resolve(part + ".json"));
    } catch (IOException e) {
      throw new LocalRuntimeException("Cannot delete the record of " + part + ": " + e, e);
    }
  }

  private static void awaitEnd(List<PartRecord> records, Duration patience) {
    long deadline = System.nanoTime() + patience.toNanos();
    while (records.stream().anyMatch(PartRecord::isAlive) && System.nanoTime() < deadline) {
      PartRunner.pause();
    }
  }

  private static void askToEnd(String part, long pid) {
    // PostgreSQL waits for its clients on TERM; INT is its fast shutdown.
    String signal = part.equals(LocalParts.POSTGRES) ? "-INT" : "-TERM";
    try {
      new ProcessBuilder("kill", signal, Long.toString(pid))
          .redirectErrorStream(true)
          .redirectOutput(ProcessBuilder.Redirect.DISCARD)
          .start()
          .waitFor();
    } catch (IOException e) {
      throw new LocalRuntimeException("Cannot run kill: " + e.getMessage(), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
