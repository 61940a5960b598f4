package dev.weir.speed.dedup;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.api.common.TaskInfo;
import org.apache.flink.runtime.state.KeyGroupRange;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;

/**
 * One shard of the duplicate keys per key group of Flink, so that shards are spread as evenly as
 * key groups are, and a subtask knows its shards from its key groups.
 */
final class KeyGroupShards {
  private final int[] keys;

  KeyGroupShards(int maxParallelism) {
    keys = new int[maxParallelism];
    Arrays.fill(keys, -1);
    int missing = maxParallelism;
    for (int key = 0; missing > 0; key++) {
      int keyGroup = KeyGroupRangeAssignment.assignToKeyGroup(key, maxParallelism);
      if (keys[keyGroup] < 0) {
        keys[keyGroup] = key;
        missing--;
      }
    }
  }

  /** The shard, which is a key group, of a well mixed hash. */
  int shardOf(long hash) {
    return (int) (((hash >>> 32) * keys.length) >>> 32);
  }

  /** The key by which Flink sends an event to a shard. */
  int keyOf(int shard) {
    return keys[shard];
  }

  /** The shards of a subtask. */
  List<Integer> ownedBy(TaskInfo task) {
    KeyGroupRange range =
        KeyGroupRangeAssignment.computeKeyGroupRangeForOperatorIndex(
            keys.length, task.getNumberOfParallelSubtasks(), task.getIndexOfThisSubtask());
    List<Integer> own = new ArrayList<>();
    range.forEach(own::add);
    return own;
  }
}
