package dev.weir.benchmark.meter;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

/**
 * What a command and every process below it use. Sampled, because a process takes its figures with
 * it when it ends: what it used after its last sample is missing.
 */
public final class ProcessTree {
  private final ProcessHandle root;
  private final Map<Long, Usage> last = new ConcurrentHashMap<>();

  private record Usage(double cpuSeconds, long peakMebibytes) {
    Usage later(Usage next) {
      return new Usage(next.cpuSeconds, Math.max(peakMebibytes, next.peakMebibytes));
    }
  }

  public ProcessTree(ProcessHandle root) {
    this.root = root;
  }

  /** Takes a sample. */
  public void sample() {
    Stream.concat(Stream.of(root), root.descendants())
        .mapToLong(ProcessHandle::pid)
        .forEach(this::sample);
  }

  private void sample(long pid) {
    double cpuSeconds = ProcessUsage.cpuSeconds(pid);
    if (cpuSeconds > 0) {
      // A process that is ending has no memory any more, but still its CPU time.
      last.merge(pid, new Usage(cpuSeconds, ProcessUsage.peakMemoryMebibytes(pid)), Usage::later);
    }
  }

  /** CPU seconds of all processes as last seen. */
  public double cpuSeconds() {
    return last.values().stream().mapToDouble(Usage::cpuSeconds).sum();
  }

  /** Peak memory of the largest process, in MiB. */
  public long peakMebibytes() {
    return last.values().stream().mapToLong(Usage::peakMebibytes).max().orElse(0);
  }
}
