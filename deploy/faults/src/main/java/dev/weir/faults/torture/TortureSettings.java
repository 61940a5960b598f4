package dev.weir.faults.torture;

import java.time.Duration;

/**
 * How a run goes.
 *
 * @param length for how long faults strike, at least until each kind has; the last comparison comes
 *     on top
 * @param seed of the stream, the faults and their moments
 * @param linesPerSecond of the stream
 * @param outage how long something stays away that comes back by itself
 * @param checkEvery so many faults everything is compared with the oracle
 */
public record TortureSettings(
    Duration length, long seed, int linesPerSecond, Duration outage, int checkEvery) {
  private static final Duration LONG = Duration.ofMinutes(20);

  /** The usual ones: outages of a minute in long runs, of 20 seconds in short ones. */
  public static TortureSettings of(Duration length, long seed) {
    boolean isLong = length.compareTo(LONG) >= 0;
    return new TortureSettings(
        length, seed, 200, Duration.ofSeconds(isLong ? 60 : 20), isLong ? 8 : 6);
  }
}
