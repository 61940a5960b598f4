package dev.weir.benchmark.meter;

/**
 * A moment of a drain.
 *
 * @param nanos {@link System#nanoTime()}
 * @param events counted so far
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
