package dev.weir.speed.source;

import dev.weir.pipeline.Source;
import dev.weir.pipeline.Source.KafkaTopic;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;

/**
 * The key group that a partition belongs to, for good: state kept under it follows the partition
 * when the job is rescaled, if the partition is read by the key group's subtask.
 *
 * <p>Partitions of a topic are not hashed, because four over two subtasks must not be three and
 * one. Their key groups come from a table in which the first <i>n</i> entries are spread as evenly
 * as can be over the key group ranges of every parallelism, for each <i>n</i>. It was found by a
 * beam search; the test states how even it is. Files are hashed by their path: there are many.
 */
public final class PartitionKeyGroup {
  /** Key groups of the job, and the most subtasks it can have. */
  public static final int COUNT = 128;

  /** Places where a topic may begin: each quarter, forwards or mirrored. */
  private static final int STARTS = 8;

  private static final int QUARTER = COUNT / 4;

  private static final int[] SPREAD = {
    72, 12, 114, 35, 100, 48, 86, 24, 59, 118, 0, 82, 107, 39, 64, 16,
    54, 94, 29, 119, 77, 1, 47, 103, 60, 90, 19, 120, 32, 75, 2, 110,
    43, 70, 96, 26, 83, 15, 121, 55, 105, 37, 3, 65, 95, 22, 52, 117,
    78, 40, 108, 4, 61, 87, 30, 122, 74, 44, 13, 97, 57, 112, 27, 92,
    5, 66, 41, 123, 84, 20, 101, 49, 6, 116, 62, 76, 25, 88, 106, 33,
    45, 67, 124, 11, 98, 56, 17, 80, 111, 38, 23, 68, 93, 50, 125, 7,
    79, 31, 104, 63, 113, 8, 89, 34, 53, 73, 126, 21, 99, 46, 14, 81,
    127, 28, 69, 42, 109, 9, 91, 58, 102, 18, 51, 85, 36, 115, 71, 10
  };

  private PartitionKeyGroup() {}

  /**
   * The key group of a partition.
   *
   * @param topic for a directory, the path of the file
   */
  public static int of(Source source, String topic, int partition) {
    return source instanceof KafkaTopic
        ? ofTopic(topic, partition)
        : KeyGroupRangeAssignment.assignToKeyGroup(topic, COUNT);
  }

  /** The key group of a topic's partition. */
  static int ofTopic(String topic, int partition) {
    int group = SPREAD[partition % COUNT];
    // From another quarter, and half of them from the other end: or the first partitions of all
    // topics would meet.
    int start = KeyGroupRangeAssignment.assignToKeyGroup(topic, STARTS);
    int mirrored = start % 2 == 1 ? COUNT - 1 - group : group;
    return (mirrored + start / 2 * QUARTER) % COUNT;
  }

  /**
   * The subtask that owns a key group.
   *
   * @param parallelism number of subtasks
   */
  public static int subtask(int keyGroup, int parallelism) {
    return KeyGroupRangeAssignment.computeOperatorIndexForKeyGroup(COUNT, parallelism, keyGroup);
  }
}
