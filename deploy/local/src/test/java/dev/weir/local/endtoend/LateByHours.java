package dev.weir.local.endtoend;

import dev.weir.oracle.SeededStream;
import java.time.Duration;
import java.util.SplittableRandom;

/**
 * 3 % late by up to 6 hours, the rest out of order: few event hours, so that batch runs are short.
 */
final class LateByHours implements SeededStream.Lateness {
  private static final long MOST_MILLIS = Duration.ofHours(6).toMillis();

  @Override
  public long nextMillis(SplittableRandom random) {
    return random.nextInt(100) < 3 ? random.nextLong(MOST_MILLIS) : random.nextLong(5_000);
  }
}
