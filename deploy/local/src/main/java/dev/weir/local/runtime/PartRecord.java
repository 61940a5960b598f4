package dev.weir.local.runtime;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * The record of a part's process, {@code run/<part>.json}. The start time tells the process from a
 * later one that was given the same pid.
 *
 * @param startMillis when the process started, in milliseconds since the epoch
 */
public record PartRecord(String part, long pid, long startMillis) {
  // The system derives the start time from its boot time, which moves when the clock is set.
  private static final Duration TOLERANCE = Duration.ofSeconds(3);

  public static PartRecord of(String part, ProcessHandle process) {
    Instant start = process.info().startInstant().orElseGet(Instant::now);
    return new PartRecord(part, process.pid(), start.toEpochMilli());
  }

  /** The process, if it is the recorded one and runs. */
  public Optional<ProcessHandle> process() {
    return ProcessHandle.of(pid)
        .filter(ProcessHandle::isAlive)
        .filter(p -> p.info().startInstant().map(this::isMine).orElse(true))
        .filter(p -> !ProcessState.isZombie(pid))
        // Asked again: of one collected in between, the system knew nothing and so nothing against.
        .filter(ProcessHandle::isAlive);
  }

  @JsonIgnore
  public boolean isAlive() {
    return process().isPresent();
  }

  private boolean isMine(Instant start) {
    return Math.abs(start.toEpochMilli() - startMillis) <= TOLERANCE.toMillis();
  }
}
