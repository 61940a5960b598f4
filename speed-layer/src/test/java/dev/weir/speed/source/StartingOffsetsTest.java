package dev.weir.speed.source;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import org.apache.flink.connector.kafka.source.split.KafkaPartitionSplit;
import org.apache.kafka.clients.consumer.OffsetResetStrategy;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

@SuppressWarnings("deprecation") // the connector's interface names Kafka's former enum
class StartingOffsetsTest {
  @Test
  void startsWhereTheLedgerEndsAndAtTheBeginningOfWhatItDoesNotKnow() {
    TopicPartition known = new TopicPartition("clicks", 0);
    TopicPartition unknown = new TopicPartition("clicks", 1);
    // The broker is not asked, least of all what another job's consumer group had read.
    assertThat(
            new StartingOffsets(Map.of(0, 77L), false)
                .getPartitionOffsets(List.of(known, unknown), null))
        .containsOnly(
            Map.entry(known, 77L), Map.entry(unknown, KafkaPartitionSplit.EARLIEST_OFFSET));
  }

  @Test
  void recordsThatAreGoneAreSkippedOnlyWhenAsked() {
    assertThat(new StartingOffsets(Map.of(), false).getAutoOffsetResetStrategy())
        .isEqualTo(OffsetResetStrategy.NONE);
    assertThat(new StartingOffsets(Map.of(), true).getAutoOffsetResetStrategy())
        .isEqualTo(OffsetResetStrategy.EARLIEST);
  }
}
