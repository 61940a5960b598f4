package dev.weir.local.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.local.part.KafkaBroker;
import dev.weir.local.part.LocalParts;
import dev.weir.local.part.Part;
import dev.weir.local.part.PartRunner;
import dev.weir.local.part.PostgresServer;
import dev.weir.local.part.Topics;
import dev.weir.local.runtime.DataDirectory;
import dev.weir.local.runtime.Installation;
import dev.weir.local.runtime.Ports;
import dev.weir.pipeline.Pipeline;
import dev.weir.pipeline.PipelineReader;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import java.util.zip.GZIPInputStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** The state that a released version left behind at {@code weir down}, kept as test data. */
final class ReleasedState {

  /** A record of the topic as it stood there. */
  record TopicRecord(int partition, long offset, long timestampMillis, String line) {
    private static TopicRecord parse(String text) {
      String[] fields = text.split("\t", 4);
      return new TopicRecord(
          Integer.parseInt(fields[0]),
          Long.parseLong(fields[1]),
          Long.parseLong(fields[2]),
          fields[3]);
    }
  }

  private static final String TOPIC = "clicks";

  private final Path files;
  private final List<TopicRecord> records;

  private ReleasedState(Path files, List<TopicRecord> records) {
    this.files = files;
    this.records = records;
  }

  static ReleasedState of(String version) throws IOException, URISyntaxException {
    Path files = Path.of(ReleasedState.class.getResource("/released-" + version).toURI());
    return new ReleasedState(
        files, text(files.resolve("records.tsv.gz")).lines().map(TopicRecord::parse).toList());
  }

  List<TopicRecord> records() {
    return records;
  }

  /** What {@code serving.traffic_hour} showed, as comma-separated values. */
  String servedHours() throws IOException {
    return text(files.resolve("served_traffic_hour.csv.gz"));
  }

  /**
   * Lays everything out as it was in its data directory, and leaves Kafka and PostgreSQL running
   * with what they held.
   */
  void restore(DataDirectory data) throws Exception {
    copy(files.resolve("pipeline.yaml"), data.pipeline());
    copy(files.resolve("archive"), data.archive());
    copy(files.resolve("savepoints"), data.savepoints());
    Ports ports = new Ports(data);
    PostgresServer postgres = new PostgresServer(data, ports.choose(LocalParts.POSTGRES));
    KafkaBroker kafka =
        new KafkaBroker(
            data,
            Installation.ofThisProcess(),
            ports.choose(LocalParts.KAFKA),
            ports.choose("kafka-controller"));
    PartRunner runner = new PartRunner(data);
    List<Part> parts = List.of(postgres, kafka);
    parts.forEach(runner::start);
    parts.forEach(runner::awaitReady);
    restoreDatabase(postgres.jdbcUrl());
    Pipeline pipeline = PipelineReader.read(data.pipeline());
    new Topics(kafka.address()).create(pipeline);
    produce(kafka.address(), records);
  }

  private void restoreDatabase(String jdbcUrl) throws SQLException, IOException {
    try (Connection connection = DriverManager.getConnection(jdbcUrl, PostgresServer.USER, "");
        Statement statement = connection.createStatement()) {
      statement.execute(text(files.resolve("database.sql.gz")));
    }
  }

  /** Appends records to the partitions they name, with their timestamps, at their offsets. */
  static void produce(String bootstrapServers, List<TopicRecord> records) throws Exception {
    Map<String, Object> settings = Map.of("bootstrap.servers", bootstrapServers, "acks", "all");
    try (KafkaProducer<byte[], byte[]> producer =
        new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer())) {
      List<Future<RecordMetadata>> sent = new ArrayList<>();
      for (TopicRecord record : records) {
        byte[] value = record.line().getBytes(StandardCharsets.UTF_8);
        sent.add(
            producer.send(
                new ProducerRecord<>(
                    TOPIC, record.partition(), record.timestampMillis(), null, value)));
      }
      for (int i = 0; i < records.size(); i++) {
        assertThat(sent.get(i).get().offset()).isEqualTo(records.get(i).offset());
      }
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> tree = Files.walk(from)) {
      for (Path path : tree.toList()) {
        Files.copy(path, to.resolve(from.relativize(path).toString()));
      }
    }
  }

  private static String text(Path file) throws IOException {
    try (InputStream in = new GZIPInputStream(Files.newInputStream(file))) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
