package dev.weir.speed.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.weir.event.RawRecord;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.function.BiConsumer;
import org.apache.flink.api.connector.source.ReaderInfo;
import org.apache.flink.api.connector.source.SourceEvent;
import org.apache.flink.api.connector.source.SplitEnumerator;
import org.apache.flink.api.connector.source.SplitEnumeratorContext;
import org.apache.flink.api.connector.source.SplitsAssignment;
import org.apache.flink.connector.kafka.source.KafkaSource;
import org.apache.flink.connector.kafka.source.enumerator.KafkaSourceEnumState;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.flink.metrics.groups.SplitEnumeratorMetricGroup;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Flink's enumerator of Kafka, restored; it is not started, so it asks no broker. */
class KeyedKafkaEnumeratorTest {
  private static final int PARTITIONS = 6;

  @Test
  void restoredPartitionsGoToTheOwnersOfTheirKeyGroupsOnceAllReadersAreThere() throws Exception {
    for (int parallelism = 1; parallelism <= 4; parallelism++) {
      Readers readers = new Readers(parallelism);
      var enumerator = restored(readers);
      // Round robin, as Flink hands out a reader's state.
      for (int subtask = 0; subtask < parallelism; subtask++) {
        assertThat(readers.assigned).isEmpty();
        readers.register(subtask, splits(subtask, parallelism, 700));
        enumerator.addReader(subtask);
      }
      assertThat(readers.assigned).hasSize(PARTITIONS);
      for (int partition = 0; partition < PARTITIONS; partition++) {
        assertThat(readers.assigned.get(split(partition, 700 + partition)))
            .isEqualTo(
                PartitionKeyGroup.subtask(
                    PartitionKeyGroup.ofTopic("clicks", partition), parallelism));
      }
    }
  }

  @Test
  void aCheckpointBeforeAllReadersAreThereKeepsWhatWasBroughtBack() throws Exception {
    Readers readers = new Readers(2);
    var enumerator = restored(readers);
    readers.register(1, splits(0, 1, 700));
    enumerator.addReader(1);
    KafkaSourceEnumState state = enumerator.snapshotState(5);
    assertThat(state.assignedSplits()).isEmpty();
    assertThat(state.unassignedSplits()).containsExactlyInAnyOrderElementsOf(splits(0, 1, 700));
  }

  @Test
  void afterAFailureAPartitionThatIsBroughtBackTwiceIsAssignedOnce() throws Exception {
    Readers readers = new Readers(2);
    var enumerator = restored(readers);
    for (int attempt = 0; attempt < 3; attempt++) {
      readers.register(0, splits(0, 1, 700));
      enumerator.addReader(0);
      readers.register(1, List.of());
      enumerator.addReader(1);
      assertThat(readers.assigned).hasSize(PARTITIONS);
      // Both fail before a checkpoint: what they were assigned, and what they had had, comes back.
      for (int subtask = 0; subtask < 2; subtask++) {
        enumerator.addSplitsBack(readers.fail(subtask), subtask);
      }
    }
  }

  @Test
  void nothingIsReadTwice() throws Exception {
    Readers readers = new Readers(2);
    var enumerator = restored(readers);
    readers.register(0, List.of(split(0, 700)));
    enumerator.addReader(0);
    readers.register(1, List.of(split(0, 701)));
    assertThatThrownBy(() -> enumerator.addReader(1))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("clicks-0 was restored more than once");
  }

  private static SplitEnumerator<KafkaPartitionSplit, KafkaSourceEnumState> restored(
      Readers readers) throws Exception {
    KeyedKafkaSource<RawRecord> source =
        new KeyedKafkaSource<>(
            new UnbrokenKafkaSource<>(
                KafkaSource.<RawRecord>builder()
                    .setBootstrapServers("localhost:1")
                    .setTopics("clicks")
                    .setDeserializer(new RawRecordDeserializer(0))
                    .build()));
    // The offsets that they were first assigned with, long ago.
    return source.restoreEnumerator(
        readers, new KafkaSourceEnumState(splits(0, 1, 0), List.of(), true));
  }

  /** Every partition from the first on, in steps. */
  private static List<KafkaPartitionSplit> splits(int first, int step, long offset) {
    List<KafkaPartitionSplit> splits = new ArrayList<>();
    for (int partition = first; partition < PARTITIONS; partition += step) {
      splits.add(split(partition, offset + partition));
    }
    return splits;
  }

  private static KafkaPartitionSplit split(int partition, long offset) {
    return new KafkaPartitionSplit(new TopicPartition("clicks", partition), offset);
  }

  /** The readers of a job, and what they were assigned. */
  private static final class Readers implements SplitEnumeratorContext<KafkaPartitionSplit> {
    private final int parallelism;
    private final Map<Integer, ReaderInfo> registered = new TreeMap<>();
    private final Map<KafkaPartitionSplit, Integer> assigned = new HashMap<>();

    Readers(int parallelism) {
      this.parallelism = parallelism;
    }

    void register(int subtask, List<KafkaPartitionSplit> restored) {
      registered.put(subtask, ReaderInfo.createReaderInfo(subtask, "host", restored));
    }

    List<KafkaPartitionSplit> fail(int subtask) {
      registered.remove(subtask);
      List<KafkaPartitionSplit> back = new ArrayList<>(assigned.keySet());
      back.removeIf(split -> assigned.get(split) != subtask);
      back.forEach(assigned::remove);
      return back;
    }

    @Override
    public int currentParallelism() {
      return parallelism;
    }

    @Override
    public Map<Integer, ReaderInfo> registeredReaders() {
      return registered;
    }

    @Override
    public void assignSplits(SplitsAssignment<KafkaPartitionSplit> assignment) {
      assignment
          .assignment()
          .forEach(
              (subtask, splits) -> {
                assertThat(registered).containsKey(subtask);
                splits.forEach(
                    split -> assertThat(assigned.put(split, subtask)).as("%s", split).isNull());
              });
    }

    @Override
    public SplitEnumeratorMetricGroup metricGroup() {
      throw new UnsupportedOperationException();
    }

    @Override
    public void sendEventToSourceReader(int subtask, SourceEvent event) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void signalNoMoreSplits(int subtask) {
      throw new UnsupportedOperationException();
    }

    @Override
    public <T> void callAsync(Callable<T> callable, BiConsumer<T, Throwable> handler) {
      throw new UnsupportedOperationException();
    }

    @Override
    public <T> void callAsync(
        Callable<T> callable, BiConsumer<T, Throwable> handler, long initialDelay, long period) {
      throw new UnsupportedOperationException();
    }

    @Override
    public void runInCoordinatorThread(Runnable runnable) {
      throw new UnsupportedOperationException();
    }
  }
}
