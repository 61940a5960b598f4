package dev.weir.faults.stream;

import dev.weir.oracle.SeededStream;
import java.time.Duration;
import java.util.SplittableRandom;

/**
 * Mostly recent events; 2 % up to a day late, and 3 % as late as one of a few days and hours that
 * change from time to time, up to 90 days: event hours that a batch run has long closed.
 */
public final class LateArrivals implements SeededStream.Lateness {
  private static final int PLACES = 3;
  private static final int CHANGED_EVERY = 20_000;

  private final long[] places = new long[PLACES];
  private long events;

  @Override
  public long nextMillis(SplittableRandom random) {
    if (events++ % CHANGED_EVERY == 0) {
      for (int i = 0; i < PLACES; i++) {
        places[i] = random.nextLong(Duration.ofDays(90).toMillis());
      }
    }
    int kind = random.nextInt(100);
    if (kind < 3) {
      return places[random.nextInt(PLACES)] + random.nextLong(Duration.ofMinutes(10).toMillis());
    }
    return kind < 5
        ? random.nextLong(Duration.ofDays(1).toMillis())
        : random.nextLong(Duration.ofSeconds(5).toMillis());
  }
}
