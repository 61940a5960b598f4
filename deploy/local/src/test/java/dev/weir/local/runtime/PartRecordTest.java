package dev.weir.local.runtime;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PartRecordTest {
  @TempDir Path folder;

  @Test
  void knowsItsProcess() {
    PartRecord record = PartRecord.of("kafka", ProcessHandle.current());
    assertThat(record.isAlive()).isTrue();
  }

  @Test
  void anotherProcessWithTheSamePidIsNotIt() {
    PartRecord record = PartRecord.of("kafka", ProcessHandle.current());
    PartRecord earlier = new PartRecord("kafka", record.pid(), record.startMillis() - 60_000);
    assertThat(earlier.isAlive()).isFalse();
  }

  @Test
  void aProcessThatHasEndedIsNotAlive() throws IOException, InterruptedException {
    Process process = new ProcessBuilder("sleep", "60").start();
    PartRecord record = PartRecord.of("kafka", process.toHandle());
    assertThat(record.isAlive()).isTrue();
    process.destroyForcibly().waitFor();
    assertThat(record.isAlive()).isFalse();
  }

  @Test
  void survivesItsFile() {
    Path file = folder.resolve("kafka.json");
    PartRecord record = new PartRecord("kafka", 42, 1_700_000_000_000L);
    Json.write(file, record);
    assertThat(Json.read(file, PartRecord.class)).contains(record);
  }
}
