package dev.weir.benchmark.freshness;

import dev.weir.benchmark.BenchmarkRuntime;
import dev.weir.benchmark.meter.ProcessUsage;
import dev.weir.local.part.LocalParts;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * CPU seconds that each process has used at a moment, and the machine as a whole.
 *
 * @param nanos {@link System#nanoTime()}
 * @param cpuSeconds by the part's name
 */
record CoresUsed(long nanos, Map<String, Double> cpuSeconds) {
  static final String THIS_PROCESS = "benchmark";
  static final String MACHINE = "whole machine";

  static CoresUsed now(BenchmarkRuntime runtime) {
    Map<String, Double> seconds = new LinkedHashMap<>();
    for (String part : LocalParts.NAMES) {
      // PostgreSQL's connections are its children.
      seconds.put(part, ProcessUsage.cpuSecondsWithChildren(runtime.pid(part)));
    }
    seconds.put(THIS_PROCESS, ProcessUsage.cpuSeconds(ProcessHandle.current().pid()));
    seconds.put(MACHINE, ProcessUsage.machineCpuSeconds());
    return new CoresUsed(System.nanoTime(), seconds);
  }

  /** Cores that each has kept busy since an earlier moment, by the same names. */
  Map<String, Double> since(CoresUsed earlier) {
    double elapsed = (nanos - earlier.nanos) / 1e9;
    Map<String, Double> cores = new LinkedHashMap<>();
    cpuSeconds.forEach(
        (part, seconds) ->
            cores.put(part, (seconds - earlier.cpuSeconds.getOrDefault(part, 0.0)) / elapsed));
    return cores;
  }
}
