package dev.weir.batch.repair;

import java.util.List;
import java.util.Set;

/**
 * How a damaged event hour stands.
 *
 * @param hourMillis start of the hour, epoch milliseconds
 * @param sealed whether its archived events are gone
 * @param compaction version of its compacted files; 0 if there are none
 * @param compactedThrough last commit they hold
 * @param arrivals that hold it, all of them, in the order of commits
 * @param cubes per declared cube
 */
public record DamagedHour(
    long hourMillis,
    boolean sealed,
    long compaction,
    long compactedThrough,
    List<Arrival> arrivals,
    List<OfCube> cubes) {

  /** The last commit that brought events of it; 0 if none did. */
  public long newestArrivals() {
    return arrivals.isEmpty() ? 0 : arrivals.get(arrivals.size() - 1).commit();
  }

  /** The first commit that brought events of it; 0 if none did. */
  public long firstArrivals() {
    return arrivals.isEmpty() ? 0 : arrivals.get(0).commit();
  }

  /** An arrivals file. */
  public record Arrival(long file, long commit, boolean deleted) {}

  /** A retained version and the last commit it has absorbed; version 0: nothing, of no commit. */
  public record Version(long version, long absorbed) {
    static final Version NONE = new Version(0, 0);
  }

  /**
   * How a cube stands in the hour.
   *
   * @param sinceCommit commits after this one have speed rows of it
   * @param versions retained, the newest, which is served, first
   * @param speedCommits those with speed rows, by their digests
   */
  public record OfCube(long sinceCommit, List<Version> versions, Set<Long> speedCommits) {}
}
