package dev.weir.local.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.event.DecodeResult;
import dev.weir.event.EventDecoder;
import dev.weir.event.EventDecoders;
import dev.weir.event.RawRecord;
import dev.weir.event.RejectReason;
import dev.weir.pipeline.Pipeline;
import java.io.IOException;
import java.io.InputStream;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The cases of the JSON parsing suite, one Kafka record each. */
final class JsonSuite {

  private final Map<String, byte[]> cases;
  private final Map<String, String> originOfCase = new HashMap<>();

  private JsonSuite(Map<String, byte[]> cases) {
    this.cases = cases;
  }

  static JsonSuite load() throws IOException {
    Map<String, byte[]> cases = new TreeMap<>();
    try (InputStream file =
            JsonSuite.class.getResourceAsStream("/json-test-suite/test_parsing.zip");
        ZipInputStream zip = new ZipInputStream(file)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        String name = entry.getName().substring(entry.getName().lastIndexOf('/') + 1);
        if (name.endsWith(".json")) {
          cases.put(name, zip.readAllBytes());
        }
      }
    }
    assertThat(cases).hasSize(318);
    return new JsonSuite(cases);
  }

  int size() {
    return cases.size();
  }

  void produce(String bootstrapServers, String topic) throws Exception {
    Map<String, Object> settings = Map.of("bootstrap.servers", bootstrapServers, "acks", "all");
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (Map.Entry<String, byte[]> entry : cases.entrySet()) {
        var sent = producer.send(new ProducerRecord<>(topic, entry.getValue())).get();
        originOfCase.put(sent.partition() + "@" + sent.offset(), entry.getKey());
      }
    }
  }

  /**
   * Every case that is no JSON must be rejected as that, here by itself; and the job must have
   * rejected the cases for just these reasons, the sampled ones with their own bytes.
   */
  void assertRejected(WeirCommand weir, Pipeline pipeline, int source) throws SQLException {
    Map<String, Long> expected = new TreeMap<>();
    EventDecoder decoder = EventDecoders.forSource(pipeline, source);
    cases.forEach(
        (name, bytes) -> {
          DecodeResult result = decoder.decode(new RawRecord(source, "cases", 0, 0, 0, bytes));
          assertThat(result).as(name).isInstanceOf(DecodeResult.Rejected.class);
          RejectReason reason = ((DecodeResult.Rejected) result).reason();
          if (name.startsWith("n_")) {
            assertThat(reason).as(name).isIn(RejectReason.MALFORMED_JSON, RejectReason.TOO_LARGE);
          }
          expected.merge(reason.name(), 1L, Long::sum);
        });
    try (Connection connection = weir.connect();
        Statement statement = connection.createStatement()) {
      Map<String, Long> rejected = new TreeMap<>();
      ResultSet counts =
          statement.executeQuery(
              "SELECT reason, sum(records) FROM weir.dead_letter_count WHERE source = 'cases'"
                  + " GROUP BY reason");
      while (counts.next()) {
        rejected.put(counts.getString(1), counts.getLong(2));
      }
      assertThat(rejected).isEqualTo(expected);
      ResultSet sample =
          statement.executeQuery(
              "SELECT partition, \"offset\", raw FROM weir.dead_letter_sample WHERE source = 'cases'");
      int compared = 0;
      while (sample.next()) {
        byte[] raw = cases.get(originOfCase.get(sample.getInt(1) + "@" + sample.getLong(2)));
        byte[] kept = sample.getBytes(3);
        assertThat(kept).isEqualTo(Arrays.copyOf(raw, Math.min(raw.length, 4096)));
        compared++;
      }
      assertThat(compared).isPositive();
    }
  }
}
