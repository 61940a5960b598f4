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
    double machineCpuSeconds) {

  /** The same moment with another count. */
  public Sample withEvents(long count) {
    return new Sample(
        nanos, count, jobCpuSeconds, brokerCpuSeconds, databaseCpuSeconds, machineCpuSeconds);
  }

  /**
   * The moment at a share of the way to a later one, as if all had gone on evenly.
   *
   * @param share from 0 to 1
   */
  Sample towards(Sample later, double share) {
    return new Sample(
        nanos + Math.round((later.nanos - nanos) * share),
        events + Math.round((later.events - events) * share),
        between(jobCpuSeconds, later.jobCpuSeconds, share),
        between(brokerCpuSeconds, later.brokerCpuSeconds, share),
        between(databaseCpuSeconds, later.databaseCpuSeconds, share),
        between(machineCpuSeconds, later.machineCpuSeconds, share));
  }

  private static double between(double from, double to, double share) {
    return from + (to - from) * share;
  }
}
