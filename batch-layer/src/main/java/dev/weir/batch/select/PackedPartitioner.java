package dev.weir.batch.select;

import java.util.Arrays;
import org.apache.spark.Partitioner;

/**
 * Sends numbered things (buckets, event hours) to partitions of similar size: neighbours share a
 * partition until it is full, so that a thousand small hours are not a thousand tasks.
 */
public final class PackedPartitioner extends Partitioner {
  private static final long serialVersionUID = 1L;

  private final int[] partitionOf;
  private final int partitions;

  /**
   * @param rows expected rows of each thing
   * @param rowsPerPartition at which a partition is full; a larger thing has one to itself
   */
  public PackedPartitioner(long[] rows, long rowsPerPartition) {
    partitionOf = new int[rows.length];
    int partition = 0;
    long filled = 0;
    for (int i = 0; i < rows.length; i++) {
      if (filled > 0 && filled + rows[i] > rowsPerPartition) {
        partition++;
        filled = 0;
      }
      partitionOf[i] = partition;
      // Even an empty thing costs something: ten thousand of them must not meet in one task.
      filled += Math.max(rows[i], 1 + rowsPerPartition / 1000);
    }
    partitions = rows.length == 0 ? 0 : partition + 1;
  }

  @Override
  public int numPartitions() {
    return partitions;
  }

  @Override
  public int getPartition(Object key) {
    return partitionOf[(Integer) key];
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PackedPartitioner that && Arrays.equals(partitionOf, that.partitionOf);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(partitionOf);
  }
}
