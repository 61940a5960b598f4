package dev.weir.batch.repair;

import dev.weir.batch.repair.DamagedHour.Version;
import java.time.Instant;
import java.util.List;

/**
 * What is to be done about a damaged event hour.
 *
 * @param why it comes to this, for a person to read
 * @param bases for a fold, per cube: the version that commits are folded into
 */
public record Remedy(DamagedHour hour, Kind kind, String why, List<Version> bases) {

  /** The remedies, from the mildest on. */
  public enum Kind {
    /** The damaged files are not needed for the hour any more. */
    NOTHING,
    /** What is served is right; rows that are not served go. */
    REMOVE_UNSERVED,
    /** The archive is whole: recomputed from it. */
    RECOMPUTE,
    /** The arrivals are whole, the compacted files are not: recomputed from arrivals. */
    RECOMPUTE_FROM_ARRIVALS,
    /** The archive is not whole, what is served and the speed rows are: sealed and folded. */
    SEAL,
    /** Neither is whole: left as it is. */
    LOST
  }

  /** The start of the hour. */
  public Instant time() {
    return Instant.ofEpochMilli(hour.hourMillis());
  }
}
