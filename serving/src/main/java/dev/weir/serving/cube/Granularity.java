package dev.weir.serving.cube;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** How long the buckets of an answer are. */
public enum Granularity {
  MINUTE(Duration.ofMinutes(1), Duration.ofHours(1), Duration.ofDays(31)),
  HOUR(Duration.ofHours(1), Duration.ofDays(1), Duration.ofDays(1000)),
  DAY(Duration.ofDays(1), Duration.ofDays(30), Duration.ofDays(90_000)),
  /** One bucket for the whole range. */
  TOTAL(Duration.ofMinutes(1), Duration.ofHours(1), Duration.ofDays(90_000));

  private final Duration bucket;
  private final Duration usualRange;
  private final Duration longestRange;

  Granularity(Duration bucket, Duration usualRange, Duration longestRange) {
    this.bucket = bucket;
    this.usualRange = usualRange;
    this.longestRange = longestRange;
  }

  /** The range that is shown when none is named. */
  Duration usualRange() {
    return usualRange;
  }

  Duration longestRange() {
    return longestRange;
  }

  /** As it is written in requests and answers. */
  public String text() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** The start of the bucket that holds the instant. */
  public Instant floor(Instant time) {
    long seconds = bucket.toSeconds();
    return Instant.ofEpochSecond(Math.floorDiv(time.getEpochSecond(), seconds) * seconds);
  }

  /** The first start of a bucket at or after the instant. */
  public Instant ceiling(Instant time) {
    Instant floor = floor(time);
    return floor.equals(time) ? time : floor.plus(bucket);
  }
}
