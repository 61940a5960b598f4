package dev.weir.local;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.local.lifecycle.LocalRuntime;
import dev.weir.local.part.LocalParts;
import dev.weir.local.part.PartRunner;
import dev.weir.local.produce.LineProducer;
import dev.weir.local.produce.LineReader;
import dev.weir.local.produce.RecordKey;
import dev.weir.local.runtime.DataDirectory;
import dev.weir.local.runtime.Endpoints;
import dev.weir.local.runtime.Installation;
import dev.weir.local.runtime.PartRecord;
import dev.weir.local.runtime.Progress;
import dev.weir.local.runtime.StrayProcesses;
import dev.weir.local.sql.ServingDatabase;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real parts: up, down, up again, and up after something was killed. */
class LocalRuntimeITCase {
  private static final long ACCESS_EVENTS = 9_999;

  @TempDir Path folder;

  private LocalRuntime runtime;
  private DataDirectory data;

  @AfterEach
  void stop() {
    runtime.down();
    assertThat(StrayProcesses.find(data, Set.of())).isEmpty();
  }

  @Test
  void continuesWithTheSameTotalsAfterDownAndAfterKill() throws IOException, SQLException {
    data = DataDirectory.create(folder.resolve("data of weir"));
    Installation installation = Installation.ofThisProcess();
    runtime = new LocalRuntime(data, installation, new Progress(System.out, false));

    assertThat(up()).isTrue();
    assertThat(up()).isFalse();
    Endpoints before = data.readEndpoints().orElseThrow();
    produce(before, installation.sampleAccessLog());
    awaitServed(ACCESS_EVENTS);

    assertThat(runtime.down()).isTrue();
    assertThat(StrayProcesses.find(data, Set.of())).isEmpty();
    assertThat(runtime.down()).isFalse();
    assertThat(up()).isTrue();
    assertThat(data.readEndpoints()).contains(before);
    assertThat(served()).isEqualTo(ACCESS_EVENTS);

    kill(LocalParts.JOB_MANAGER);
    kill(LocalParts.POSTGRES);
    assertThat(up()).isTrue();
    assertThat(served()).isEqualTo(ACCESS_EVENTS);
    produce(before, installation.sampleAccessLog());
    awaitServed(2 * ACCESS_EVENTS);
  }

  private boolean up() {
    return runtime.up(Optional.empty(), LocalRuntime.Start.CONTINUE);
  }

  private void kill(String part) {
    ProcessHandle process =
        new PartRunner(data).record(part).flatMap(PartRecord::process).orElseThrow();
    process.destroyForcibly();
    Awaitility.await().until(() -> !runtime.isRunning(part));
  }

  private static void produce(Endpoints endpoints, Path file) throws IOException {
    try (LineReader lines = LineReader.open(file.toString());
        LineProducer producer = new LineProducer(endpoints.kafka(), "access", RecordKey.none())) {
      for (byte[] line = lines.next(); line != null; line = lines.next()) {
        producer.send(line);
      }
      producer.flush();
    }
  }

  private void awaitServed(long events) {
    Awaitility.await()
        .atMost(Duration.ofMinutes(2))
        .untilAsserted(() -> assertThat(served()).isEqualTo(events));
  }

  private long served() throws SQLException {
    try (Connection connection = ServingDatabase.connect(data);
        var statement = connection.createStatement();
        ResultSet rows =
            statement.executeQuery("SELECT sum(event_count) FROM serving.traffic_day")) {
      rows.next();
      return rows.getLong(1);
    }
  }
}
