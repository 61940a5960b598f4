package dev.weir.speed.dedup;

import dev.weir.speed.dedup.PartitionChunk.Owner;
import dev.weir.speed.source.PerPartition;
import dev.weir.speed.source.PerPartition.Partition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One subtask's memories, by partition: those of the partitions it reads, and, after a restart,
 * those that no record has claimed yet. Of the latter one subtask keeps each in the checkpoint,
 * until its horizon has passed. A partition that is idle for longer than the horizon is forgotten,
 * unless {@link Silence all of them} are.
 */
final class PartitionMemories {
  private final DuplicateHorizon horizon;
  private final String[] sourceNames;
  private final PerPartition<PartitionMemory> claimed;
  private final Map<Owner, Map<Long, FingerprintChunk>> unclaimed = new HashMap<>();
  private final WorkingTime work;
  private final Silence silence = new Silence();
  private long workedMillis;

  PartitionMemories(
      DuplicateHorizon horizon,
      String[] sourceNames,
      List<PartitionChunk> restored,
      long nowMillis) {
    this.horizon = horizon;
    this.sourceNames = sourceNames;
    this.work = new WorkingTime(nowMillis);
    this.claimed = new PerPartition<>(() -> new PartitionMemory(horizon));
    // Subtasks may have kept the same chunk: it was claimed by one and not yet given up by another.
    for (PartitionChunk chunk : restored) {
      unclaimed
          .computeIfAbsent(chunk.owner(), absent -> new HashMap<>())
          .put(chunk.chunk().id(), chunk.chunk());
    }
  }

  /** The memory of a partition that a record was read from. */
  PartitionMemory at(int source, String topic, int number) {
    PartitionMemory memory = claimed.at(source, topic, number);
    if (!memory.isClaimed) {
      memory.isClaimed = true;
      Map<Long, FingerprintChunk> chunks =
          unclaimed.remove(new Owner(sourceNames[source], topic, number));
      if (chunks != null) {
        chunks.values().forEach(memory::restore);
      }
    }
    return memory;
  }

  /** To be called about once a second. */
  void tick(long nowMillis) {
    long elapsedMillis = work.elapsedMillis(nowMillis);
    workedMillis += elapsedMillis;
    if (workedMillis > horizon.withinMillis()) {
      unclaimed.clear();
    }
    boolean heard = claimed.all().values().stream().anyMatch(each -> each.clock.isHeard());
    boolean forgets = silence.allowsForgetting(elapsedMillis, heard);
    Iterator<PartitionMemory> each = claimed.all().values().iterator();
    while (each.hasNext()) {
      if (each.next().isOver(elapsedMillis) && forgets) {
        each.remove();
        claimed.forgetLast();
      }
    }
  }

  /** Everything a checkpoint has to keep. */
  List<PartitionChunk> chunks(long checkpointId, int subtask, int subtasks) {
    List<PartitionChunk> all = new ArrayList<>();
    for (Map.Entry<Partition, PartitionMemory> entry : claimed.all().entrySet()) {
      Partition partition = entry.getKey();
      Owner owner =
          new Owner(sourceNames[partition.source()], partition.topic(), partition.number());
      for (FingerprintChunk chunk : entry.getValue().chunks(checkpointId)) {
        all.add(new PartitionChunk(owner, chunk));
      }
    }
    unclaimed.forEach(
        (owner, chunks) -> {
          if (Math.floorMod(owner.hashCode(), subtasks) == subtask) {
            chunks.values().forEach(chunk -> all.add(new PartitionChunk(owner, chunk)));
          }
        });
    return all;
  }

  /** Fingerprints in memory. */
  long used() {
    return claimed.all().values().stream().mapToLong(each -> each.memory.used()).sum();
  }

  /** What is remembered of one partition, measured by that partition's own time. */
  static final class PartitionMemory {
    private final DuplicateHorizon horizon;
    private final PartitionClock clock;
    private final DuplicateMemory memory;
    private final List<FingerprintChunk> chunks = new ArrayList<>();
    private boolean isClaimed;

    PartitionMemory(DuplicateHorizon horizon) {
      this.horizon = horizon;
      this.clock = new PartitionClock(horizon.sliceMillis());
      this.memory = new DuplicateMemory(horizon);
    }

    /** Whether the event is new; it is then remembered. */
    boolean remember(long high, long low, long recordMillis, long nowMillis) {
      return memory.remember(high, low, clock.advance(recordMillis, nowMillis));
    }

    private void restore(FingerprintChunk chunk) {
      chunks.add(chunk);
      memory.restore(chunk);
    }

    private boolean isOver(long elapsedMillis) {
      memory.forgetBefore(clock.progressMillis());
      return clock.tick(elapsedMillis) > horizon.withinMillis();
    }

    private List<FingerprintChunk> chunks(long checkpointId) {
      chunks.addAll(memory.takeFresh(checkpointId));
      Set<Long> expired = new HashSet<>(memory.takeExpired());
      chunks.removeIf(chunk -> expired.contains(chunk.id()));
      return chunks;
    }
  }
}
