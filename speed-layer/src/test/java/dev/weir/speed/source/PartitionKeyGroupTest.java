package dev.weir.speed.source;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.pipeline.Source;
import dev.weir.pipeline.Source.Directory;
import dev.weir.pipeline.Source.Format;
import dev.weir.pipeline.Source.KafkaTopic;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.junit.jupiter.api.Test;

class PartitionKeyGroupTest {
  /** One for each place where a topic may begin. */
  private static final List<String> TOPICS =
      List.of("users", "signups", "clicks", "carts", "payments", "visits", "returns", "views");

  @Test
  void partitionsAreSpreadEvenly() {
    Map<Integer, Integer> mostAboveEven = Map.of(1, 0, 2, 1, 3, 1, 4, 0, 5, 2, 6, 1, 8, 0);
    for (String topic : TOPICS) {
      mostAboveEven.forEach(
          (parallelism, most) ->
              assertThat(mostAboveEven(topic, 64, parallelism))
                  .as("%s, %d subtasks", topic, parallelism)
                  .isLessThanOrEqualTo(most));
    }
  }

  @Test
  void whateverTheirNumberFewMeetInASubtask() {
    for (String topic : TOPICS) {
      for (int parallelism = 1; parallelism <= PartitionKeyGroup.COUNT; parallelism++) {
        assertThat(mostAboveEven(topic, PartitionKeyGroup.COUNT, parallelism))
            .as("%s, %d subtasks", topic, parallelism)
            .isLessThanOrEqualTo(3);
      }
    }
  }

  @Test
  void topicsOfOnePartitionAreSpread() {
    for (int parallelism : new int[] {2, 4, 8}) {
      int[] load = new int[parallelism];
      for (String topic : TOPICS) {
        load[PartitionKeyGroup.subtask(PartitionKeyGroup.ofTopic(topic, 0), parallelism)]++;
      }
      assertThat(load).containsOnly(TOPICS.size() / parallelism);
    }
  }

  @Test
  void everyKeyGroupHasAPartitionAndTheTableStartsAnewAfterIt() {
    Set<Integer> groups = new HashSet<>();
    for (int partition = 0; partition < PartitionKeyGroup.COUNT; partition++) {
      groups.add(PartitionKeyGroup.ofTopic("clicks", partition));
    }
    assertThat(groups).hasSize(PartitionKeyGroup.COUNT);
    assertThat(PartitionKeyGroup.ofTopic("clicks", PartitionKeyGroup.COUNT + 5))
        .isEqualTo(PartitionKeyGroup.ofTopic("clicks", 5));
  }

  /** Savepoints hold state under these: they may never change. */
  @Test
  void keyGroupsStay() {
    Source clicks = new KafkaTopic("c", "clicks", Format.JSON, Map.of());
    Source files = new Directory("f", "file:///logs/", Format.JSON, Map.of());
    assertThat(
            new int[] {
              PartitionKeyGroup.of(clicks, "clicks", 0),
              PartitionKeyGroup.of(clicks, "clicks", 1),
              PartitionKeyGroup.of(clicks, "clicks", 2),
              PartitionKeyGroup.of(clicks, "clicks", 3),
              PartitionKeyGroup.of(files, "file:///logs/a.json", 0),
              PartitionKeyGroup.of(files, "file:///logs/b.json", 0)
            })
        .containsExactly(104, 44, 18, 67, 126, 20);
  }

  @Test
  void theOwnerIsTheSubtaskThatFlinkGivesTheKeyGroupTo() {
    for (int key = 0; key < 1_000; key++) {
      int group = KeyGroupRangeAssignment.assignToKeyGroup(key, PartitionKeyGroup.COUNT);
      assertThat(PartitionKeyGroup.subtask(group, 5))
          .isEqualTo(
              KeyGroupRangeAssignment.assignKeyToParallelOperator(key, PartitionKeyGroup.COUNT, 5));
    }
  }

  /** How many partitions a subtask reads more than it had to, for any number of them up to that. */
  private static int mostAboveEven(String topic, int partitions, int parallelism) {
    int[] load = new int[parallelism];
    int most = 0;
    for (int n = 1; n <= partitions; n++) {
      load[PartitionKeyGroup.subtask(PartitionKeyGroup.ofTopic(topic, n - 1), parallelism)]++;
      int even = (n + parallelism - 1) / parallelism;
      most = Math.max(most, Arrays.stream(load).max().orElseThrow() - even);
    }
    return most;
  }
}
