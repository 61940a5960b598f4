package dev.weir.speed.commit;

import java.time.Duration;
import java.util.SplittableRandom;

/**
 * How long to wait after a failure that passes: doubling from a first wait to a longest one,
 * shortened by chance.
 */
public final class Backoff {
  private static final int MAX_DOUBLINGS = 20;

  private final long firstMillis;
  private final long longestMillis;
  private final SplittableRandom random;

  /**
   * Waits between two bounds.
   *
   * @param first full length of the first wait
   * @param longest no wait is longer
   * @param random where the chance comes from
   */
  public Backoff(Duration first, Duration longest, SplittableRandom random) {
    this.firstMillis = first.toMillis();
    this.longestMillis = longest.toMillis();
    this.random = random;
  }

  /** From 100 ms to 10 s. */
  public static Backoff standard() {
    return new Backoff(Duration.ofMillis(100), Duration.ofSeconds(10), new SplittableRandom());
  }

  /**
   * The wait after so many failures in a row: half of it is certain, half is chance, so that
   * writers that failed together do not come back together.
   *
   * @param before failures before this one
   */
  public Duration after(int before) {
    long full = Math.min(longestMillis, firstMillis << Math.min(before, MAX_DOUBLINGS));
    return Duration.ofMillis(full / 2 + random.nextLong(full / 2 + 1));
  }
}
