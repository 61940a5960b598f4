package dev.weir.benchmark.guard;

import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * What an event costs in a stage.
 *
 * @param ratio CPU time, in units of what a record costs in {@link ReferenceLoop}, and in {@link
 *     MemoryWalk} for a stage that looks each event up in a large table
 * @param nanos CPU time, in nanoseconds
 * @param bytes allocated
 */
public record StageCost(double ratio, double nanos, double bytes) {

  /**
   * Figure by figure the median of the rounds, one at least: one that was disturbed does not count.
   */
  public static StageCost median(List<StageCost> rounds) {
    return new StageCost(
        median(rounds, StageCost::ratio),
        median(rounds, StageCost::nanos),
        median(rounds, StageCost::bytes));
  }

  private static double median(List<StageCost> rounds, ToDoubleFunction<StageCost> figure) {
    double[] sorted = rounds.stream().mapToDouble(figure).sorted().toArray();
    return (sorted[(sorted.length - 1) / 2] + sorted[sorted.length / 2]) / 2;
  }
}
