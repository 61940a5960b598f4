package dev.weir.speed.dedup;

import dev.weir.speed.source.PerPartition;
import java.util.Iterator;
import java.util.Map;

/**
 * The record time that all partitions have reached: the horizon is measured from it, so that a
 * partition that is read faster makes nothing be forgotten that a slower one still needs. A
 * partition without records for longer than the horizon no longer holds it back, unless {@link
 * Silence all of them} are without.
 */
final class SlowestPartition {
  private final DuplicateHorizon horizon;
  private final PerPartition<PartitionClock> clocks;
  private final WorkingTime work;
  private final Silence silence = new Silence();
  private long frontMillis = Long.MIN_VALUE;

  SlowestPartition(DuplicateHorizon horizon, long nowMillis) {
    this.horizon = horizon;
    this.work = new WorkingTime(nowMillis);
    this.clocks = new PerPartition<>(() -> new PartitionClock(horizon.sliceMillis()));
  }

  /** The clock of a partition. */
  PartitionClock clock(int source, String topic, int partition) {
    return clocks.at(source, topic, partition);
  }

  /** All partitions that still matter. */
  Map<PerPartition.Partition, PartitionClock> all() {
    return clocks.all();
  }

  /**
   * Looks for the slowest partition anew. To be called about once a second.
   *
   * @return the record time from which the horizon is measured; it never goes back
   */
  long tick(long nowMillis) {
    long elapsedMillis = work.elapsedMillis(nowMillis);
    boolean heard = clocks.all().values().stream().anyMatch(PartitionClock::isHeard);
    boolean forgets = silence.allowsForgetting(elapsedMillis, heard);
    long slowestMillis = Long.MAX_VALUE;
    Iterator<PartitionClock> each = clocks.all().values().iterator();
    while (each.hasNext()) {
      PartitionClock clock = each.next();
      if (clock.tick(elapsedMillis) > horizon.withinMillis() && forgets) {
        each.remove();
        clocks.forgetLast();
      } else {
        slowestMillis = Math.min(slowestMillis, clock.progressMillis());
      }
    }
    if (slowestMillis != Long.MAX_VALUE && forgets) {
      frontMillis = Math.max(frontMillis, slowestMillis);
    }
    return frontMillis;
  }
}
