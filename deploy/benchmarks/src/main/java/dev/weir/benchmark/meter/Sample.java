package dev.weir.benchmark.meter;

/**
 * A moment of a drain.
 *
 * @param nanos {@link System#nanoTime()}
 * @param events visible so far, or records read
 * @param jobCpuSeconds of Flink's TaskManager and JobManager
 * @param machineCpuSeconds of everything on the machine
 */
public record Sample(
    long nanos,
    long events,
    double jobCpuSeconds,
    double brokerCpuSeconds,
    double databaseCpuSeconds,
    double machineCpuSeconds) {}
