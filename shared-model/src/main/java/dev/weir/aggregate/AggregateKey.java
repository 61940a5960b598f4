package dev.weir.aggregate;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.UUID;

/**
 * What an aggregate belongs to: a cube, a minute and the values of the cube's dimensions, any of
 * which may be null.
 *
 * <p>Ordered by cube, minute, then dimension by dimension, null first and text by UTF-16 units: the
 * same order everywhere, so that two writers lock rows in the same sequence. Immutable; the array
 * is shared with the caller, who must not change it.
 */
public final class AggregateKey implements Comparable<AggregateKey> {
  private final int cube;
  private final long minuteMillis;
  private final String[] dimensions;
  private final int hash;

  /**
   * @param cube index into the pipeline's cubes
   * @param minuteMillis start of the minute (of the hour for hour rows), epoch milliseconds
   * @param dimensions one per dimension of the cube, null elements allowed; not copied
   */
  public AggregateKey(int cube, long minuteMillis, String[] dimensions) {
    this.cube = cube;
    this.minuteMillis = minuteMillis;
    this.dimensions = dimensions;
    this.hash = (cube * 31 + Long.hashCode(minuteMillis)) * 31 + Arrays.hashCode(dimensions);
  }

  public int cube() {
    return cube;
  }

  public long minuteMillis() {
    return minuteMillis;
  }

  /** Start of the hour the minute lies in, epoch milliseconds. */
  public long hourMillis() {
    return MinuteBucket.hourOf(minuteMillis);
  }

  public int dimensionCount() {
    return dimensions.length;
  }

  /** The value of dimension {@code i}, or null. */
  public String dimension(int i) {
    return dimensions[i];
  }

  /** The dimensions' values, null elements included; for reading only. */
  public List<String> dimensions() {
    return Collections.unmodifiableList(Arrays.asList(dimensions));
  }

  /** The same series at the start of its hour: the key of its hour row. */
  public AggregateKey atHour() {
    return new AggregateKey(cube, hourMillis(), dimensions);
  }

  /**
   * Names the series within its cube: the {@link Fingerprint} of the minute and the dimensions. The
   * same on every machine and in every version.
   */
  public UUID seriesId() {
    Fingerprint fingerprint = new Fingerprint().start().add(minuteMillis);
    for (String dimension : dimensions) {
      fingerprint.add(dimension);
    }
    fingerprint.finish();
    return new UUID(fingerprint.high(), fingerprint.low());
  }

  @Override
  public int compareTo(AggregateKey other) {
    int order = Integer.compare(cube, other.cube);
    if (order == 0) {
      order = Long.compare(minuteMillis, other.minuteMillis);
    }
    return order != 0 ? order : Arrays.compare(dimensions, other.dimensions);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AggregateKey that
        && hash == that.hash
        && cube == that.cube
        && minuteMillis == that.minuteMillis
        && Arrays.equals(dimensions, that.dimensions);
  }

  @Override
  public int hashCode() {
    return hash;
  }

  @Override
  public String toString() {
    return "cube "
        + cube
        + " at "
        + new MinuteBucket(minuteMillis).start()
        + " "
        + Arrays.toString(dimensions);
  }
}
