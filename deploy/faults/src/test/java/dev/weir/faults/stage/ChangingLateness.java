package dev.weir.faults.stage;

import dev.weir.oracle.SeededStream;
import java.time.Duration;
import java.util.SplittableRandom;

/** As late as the test at hand wants it. */
final class ChangingLateness implements SeededStream.Lateness {
  /** 3 % late by up to 6 hours: few hours, so that a batch run is short. */
  static final SeededStream.Lateness HOURS =
      random ->
          random.nextInt(100) < 3
              ? random.nextLong(Duration.ofHours(6).toMillis())
              : random.nextLong(5_000);

  private volatile SeededStream.Lateness now = HOURS;

  void become(SeededStream.Lateness next) {
    now = next;
  }

  @Override
  public long nextMillis(SplittableRandom random) {
    return now.nextMillis(random);
  }
}
