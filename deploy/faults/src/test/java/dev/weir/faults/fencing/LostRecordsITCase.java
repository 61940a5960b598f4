package dev.weir.faults.fencing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import dev.weir.faults.stage.Jobs.Ended;
import dev.weir.faults.stage.OnStage;
import dev.weir.faults.stage.Stage;
import dev.weir.local.produce.LineProducer;
import dev.weir.local.produce.RecordKey;
import dev.weir.local.runtime.LocalRuntimeException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.RecordsToDelete;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

/** Kafka deletes records before the job has read them. */
@OnStage
class LostRecordsITCase {
  private static final int RECORDS = 200;

  private final Stage stage;

  LostRecordsITCase(Stage stage) {
    this.stage = stage;
  }

  @Test
  void theJobStopsAndNamesThemAndGoesOnWithoutThemOnlyWhenToldTo() throws Exception {
    stage.flowForCommits(1);
    stage.settle();
    stage.runtime().stopJob();
    Map<String, String> before = counted();
    Map<TopicPartition, Long> lost = deletedUnread();

    assertThatThrownBy(() -> stage.runtime().up())
        .isInstanceOf(LocalRuntimeException.class)
        .hasMessageContaining("--skip-lost-records");
    Ended stopped = stage.jobs().awaitEnd(stage.runtime().flink().lastJob().orElseThrow().id());
    assertThat(stopped.state()).isEqualTo("FAILED");
    assertThat(stopped.failures()).isEqualTo(1);
    assertThat(stopped.message())
        .contains("Kafka does not have the records to be read next: clicks-")
        .contains("Going on would leave records out, or count some twice, without a trace");
    assertThat(lost.entrySet())
        .anySatisfy(
            entry ->
                assertThat(stopped.message())
                    .contains(entry.getKey() + " from offset " + entry.getValue()));
    assertThat(counted()).isEqualTo(before);

    assertThat(stage.weir("up", "--skip-lost-records").succeed()).contains("Weir is ready");
    try {
      Map<TopicPartition, Long> emptied = stage.endOffsets();
      stage.flow();
      // The ledger knows how far a partition was read only when a record of it was.
      await()
          .atMost(Stage.PATIENCE)
          .until(
              () ->
                  stage.endOffsets().entrySet().stream()
                      .allMatch(p -> p.getValue() > emptied.get(p.getKey())));
      stage.assertEqualsOracle();
    } finally {
      // The command knows no proxy; the job that the next test starts goes through it again.
      stage.runtime().stopJob();
    }
  }

  /** Digests of the cubes' tables; a claim, and a commit of nothing, are no harm. */
  private Map<String, String> counted() {
    Map<String, String> counted = stage.database().digests();
    counted.keySet().removeIf(table -> !table.startsWith("speed.") && !table.startsWith("batch."));
    return counted;
  }

  /** Sends records that the oracle knows nothing of; where each partition was before. */
  private Map<TopicPartition, Long> deletedUnread() throws Exception {
    Map<TopicPartition, Long> next = stage.endOffsets();
    String kafka = stage.runtime().endpoints().kafka();
    try (LineProducer producer = new LineProducer(kafka, "clicks", RecordKey.none())) {
      for (int i = 0; i < RECORDS; i++) {
        producer.send("never read".getBytes(StandardCharsets.UTF_8));
        producer.flush(); // a batch goes to one partition
      }
    }
    Map<TopicPartition, RecordsToDelete> all =
        new TreeMap<>((a, b) -> a.partition() - b.partition());
    stage.endOffsets().forEach((p, end) -> all.put(p, RecordsToDelete.beforeOffset(end)));
    try (Admin admin = Admin.create(Map.of("bootstrap.servers", kafka))) {
      admin.deleteRecords(all).all().get();
    }
    return next;
  }
}
