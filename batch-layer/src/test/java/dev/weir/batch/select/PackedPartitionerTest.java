package dev.weir.batch.select;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class PackedPartitionerTest {
  @Test
  void packsNeighboursUntilAPartitionIsFull() {
    PackedPartitioner partitioner =
        new PackedPartitioner(new long[] {400, 500, 300, 2000, 10, 20}, 1000);

    assertThat(IntStream.range(0, 6).map(partitioner::getPartition))
        .containsExactly(0, 0, 1, 2, 3, 3);
    assertThat(partitioner.numPartitions()).isEqualTo(4);
  }

  @Test
  void doesNotPackEndlesslyManyEmptyOnes() {
    assertThat(new PackedPartitioner(new long[100_000], 1000).numPartitions()).isBetween(100, 500);
  }

  @Test
  void nothingNeedsNoPartition() {
    assertThat(new PackedPartitioner(new long[0], 1000).numPartitions()).isZero();
  }
}
