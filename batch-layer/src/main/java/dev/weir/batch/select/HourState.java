package dev.weir.batch.select;

import java.util.List;

/**
 * How an event hour stands before a run.
 *
 * @param compaction version of its compacted files; 0 if there are none
 * @param compactedThrough last commit they hold
 * @param versions served, per declared cube; 0 where the hour is not covered
 * @param absorbed last commit absorbed, per declared cube
 */
record HourState(
    long hourMillis,
    long compaction,
    long compactedThrough,
    List<Long> versions,
    List<Long> absorbed) {

  /** Whether the compacted files may be read by a run that absorbs up to this commit. */
  boolean compactionUsable(long through) {
    // After a rewind, or with --through, they may hold later commits: then all arrivals are read.
    return compaction > 0 && compactedThrough <= through;
  }
}
