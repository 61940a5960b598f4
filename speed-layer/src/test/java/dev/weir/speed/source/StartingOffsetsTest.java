package dev.weir.speed.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class StartingOffsetsTest {
  @Test
  void startsWhereTheLedgerEndsAndAtTheBeginningOfWhatItDoesNotKnow() {
    TopicPartition known = new TopicPartition("clicks", 0);
    TopicPartition unknown = new TopicPartition("clicks", 1);
    // The broker is not asked, least of all what another job's consumer group had read.
    assertThat(
            new StartingOffsets(Map.of(0, 77L)).getPartitionOffsets(List.of(known, unknown), null))
        .containsOnly(
            Map.entry(known, 77L), Map.entry(unknown, KafkaPartitionSplit.EARLIEST_OFFSET));
  }
}
