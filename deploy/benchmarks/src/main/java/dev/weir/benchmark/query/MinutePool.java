package dev.weir.benchmark.query;

import dev.weir.aggregate.HyperLogLog;
import dev.weir.aggregate.MeasureLayout;
import dev.weir.aggregate.MinuteAggregate;
import java.util.SplittableRandom;

/**
 * Minutes to choose from: each the aggregate of some events of the web shop's kind. Making millions
 * of different ones would take longer than everything else.
 */
final class MinutePool {
  private static final int MINUTES = 4096;
  private static final int USERS = 100_000;

  private final MinuteAggregate[] minutes = new MinuteAggregate[MINUTES];
  private final SplittableRandom random;

  /**
   * Makes them.
   *
   * @param events of each, on average
   */
  MinutePool(MeasureLayout layout, int events, long seed) {
    this.random = new SplittableRandom(seed);
    for (int i = 0; i < MINUTES; i++) {
      minutes[i] = MinuteAggregate.empty(layout);
      int some = random.nextInt(1, Math.max(2, 2 * events));
      for (int event = 0; event < some; event++) {
        long[] hash = {HyperLogLog.hash("u" + (USERS + random.nextInt(USERS)))};
        minutes[i].add(new long[] {cents()}, 1, hash, 1);
      }
    }
  }

  /** Any of them; not to be changed. */
  MinuteAggregate next() {
    return minutes[random.nextInt(MINUTES)];
  }

  /** Hundredths; nearly log-normal around 20, as those of the web shop. */
  private long cents() {
    double bell =
        random.nextDouble() + random.nextDouble() + random.nextDouble() + random.nextDouble() - 2;
    return Math.round(StrictMath.exp(3 + 1.7 * bell) * 100);
  }
}
