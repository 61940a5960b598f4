package dev.weir.serving.report;

import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** When a run that failed is tried again: ever more rarely, for a day after it failed first. */
final class Retries {
  private static final List<Duration> PAUSES =
      List.of(
          Duration.ofMinutes(1),
          Duration.ofMinutes(5),
          Duration.ofMinutes(15),
          Duration.ofHours(1));

  /** The last of them comes 23 hours and 21 minutes after the first failure. */
  static final int MOST = 26;

  private Retries() {}

  /**
   * The time until the next attempt.
   *
   * @param failures so far, this one not among them
   * @return empty to give it up
   */
  static Optional<Duration> after(int failures) {
    return failures >= MOST
        ? Optional.empty()
        : Optional.of(PAUSES.get(Math.min(failures, PAUSES.size() - 1)));
  }

  /** The times after a process ended, the first failure's first: another takes over at once. */
  static Integer[] secondsAfterAnEnd() {
    return Stream.concat(Stream.of(Duration.ZERO), PAUSES.stream())
        .map(pause -> (int) pause.toSeconds())
        .toArray(Integer[]::new);
  }
}
