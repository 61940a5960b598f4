package dev.weir.batch.select;

import java.io.Serializable;
import java.time.Instant;
import java.util.List;

/**
 * All a run needs to know to recompute one event hour, or to fold one that is sealed.
 *
 * @param index position in {@link RunPlan#hours()}
 * @param hourMillis start of the hour, epoch milliseconds
 * @param expectedCompaction version of the compacted files as selected; 0 if there are none
 * @param compacts whether the run writes new compacted files: there are arrivals they do not hold
 * @param inputs its compacted files and the newer arrivals
 * @param compacted what its compacted files must hold together; null if none are read
 * @param cubes those to recompute
 * @param sealed whether its events are no longer in the archive: nothing is read or compacted, the
 *     speed rows of newer commits are added to the served version
 * @param firstBucket number of the first of its buckets; they follow each other
 * @param buckets how many parts its rows are cut into, by the hash of their duplicate key
 */
public record HourPlan(
    int index,
    long hourMillis,
    long expectedCompaction,
    boolean compacts,
    List<HourInput> inputs,
    CompactedInput compacted,
    List<CubePlan> cubes,
    boolean sealed,
    int firstBucket,
    int buckets)
    implements Serializable {
  private static final long serialVersionUID = 1L;

  public HourPlan {
    inputs = List.copyOf(inputs);
    cubes = List.copyOf(cubes);
  }

  /** The same hour for some of its cubes. */
  public HourPlan withCubes(List<CubePlan> some) {
    return new HourPlan(
        index,
        hourMillis,
        expectedCompaction,
        compacts,
        inputs,
        compacted,
        some,
        sealed,
        firstBucket,
        buckets);
  }

  /** Rows to read, by the manifest. */
  public long rows() {
    return inputs.stream().mapToLong(HourInput::rows).sum();
  }

  /** The start of the hour. */
  public Instant hour() {
    return Instant.ofEpochMilli(hourMillis);
  }
}
