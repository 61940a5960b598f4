package dev.weir.speed.dedup;

import dev.weir.speed.source.PerPartition;
import dev.weir.speed.source.PerPartition.Partition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * One subtask's memories, by partition. A partition that is idle for longer than the horizon is
 * forgotten, unless {@link Silence all of them} are.
 */
final class PartitionMemories {
  private final DuplicateHorizon horizon;
  private final PerPartition<PartitionMemory> memories;
  private final Map<Partition, List<Long>> forgotten = new HashMap<>();
  private final WorkingTime work;
  private final Silence silence = new Silence();

  PartitionMemories(DuplicateHorizon horizon, long nowMillis) {
    this.horizon = horizon;
    this.work = new WorkingTime(nowMillis);
    this.memories = new PerPartition<>(() -> new PartitionMemory(horizon));
  }

  /** The memory of a partition. */
  PartitionMemory at(int source, String topic, int number) {
    return memories.at(source, topic, number);
  }

  /** Those of all partitions with something to remember. */
  Map<Partition, PartitionMemory> all() {
    return memories.all();
  }

  /** To be called about once a second. */
  void tick(long nowMillis) {
    long elapsedMillis = work.elapsedMillis(nowMillis);
    boolean heard = memories.all().values().stream().anyMatch(each -> each.clock.isHeard());
    boolean forgets = silence.allowsForgetting(elapsedMillis, heard);
    Iterator<Map.Entry<Partition, PartitionMemory>> each = memories.all().entrySet().iterator();
    while (each.hasNext()) {
      Map.Entry<Partition, PartitionMemory> entry = each.next();
      if (entry.getValue().isOver(elapsedMillis, horizon) && forgets) {
        forgotten
            .computeIfAbsent(entry.getKey(), none -> new ArrayList<>())
            .addAll(entry.getValue().memory.storedChunks());
        each.remove();
        memories.forgetLast();
      }
    }
  }

  /** Ids of the stored chunks of the partitions forgotten since the last call. */
  Map<Partition, List<Long>> takeForgotten() {
    Map<Partition, List<Long>> taken = Map.copyOf(forgotten);
    forgotten.clear();
    return taken;
  }

  /** Fingerprints in memory. */
  long used() {
    return memories.all().values().stream().mapToLong(each -> each.memory.used()).sum();
  }

  /** What is remembered of one partition, measured by that partition's own time. */
  static final class PartitionMemory {
    private final PartitionClock clock;
    private final DuplicateMemory memory;
    private boolean isOwned;

    PartitionMemory(DuplicateHorizon horizon) {
      this.clock = new PartitionClock(horizon.sliceMillis());
      this.memory = new DuplicateMemory(horizon);
    }

    /** Whether {@link #own()} was called. */
    boolean isOwned() {
      return isOwned;
    }

    /** Takes note that the partition belongs to this subtask. */
    void own() {
      isOwned = true;
    }

    /** Takes note of an event's time: under which to remember it. */
    long advance(long recordMillis, long nowMillis) {
      return clock.advance(recordMillis, nowMillis);
    }

    /** What is remembered of the partition. */
    DuplicateMemory memory() {
      return memory;
    }

    private boolean isOver(long elapsedMillis, DuplicateHorizon horizon) {
      memory.forgetBefore(clock.progressMillis());
      return clock.tick(elapsedMillis) > horizon.withinMillis();
    }
  }
}
