package dev.weir.faults.step;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.faults.check.OracleCheck;
import dev.weir.faults.stage.Stage;
import dev.weir.faults.system.FaultRuntime;
import dev.weir.faults.system.Pipelines;
import dev.weir.local.part.LocalParts;
import dev.weir.local.produce.LineProducer;
import dev.weir.local.produce.RecordKey;
import dev.weir.oracle.SeededStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Duplicates by partition, keyed records: the memory of each partition is where it is read. */
@Tag("fault")
class PartitionScopeITCase {
  private static final int LINES = 5_000;

  @TempDir private Path root;

  @Test
  void duplicatesAreFoundAcrossRescalingsAndACrash() throws Exception {
    String declaration =
        Pipelines.clicks(Duration.ofSeconds(1)).replace("scope: topic", "scope: partition");
    try (FaultRuntime runtime = new FaultRuntime(root.resolve("runtime"), declaration)) {
      runtime.parallelism(2);
      runtime.up();
      SeededStream stream =
          new SeededStream(
              20_261_122,
              runtime.pipeline().cubes().get(0).layout(),
              random -> random.nextLong(5_000));
      OracleCheck oracle = new OracleCheck(runtime, stream);
      try (LineProducer producer =
          new LineProducer(
              runtime.endpoints().kafka(),
              "clicks",
              RecordKey.of(runtime.pipeline(), runtime.pipeline().sources().get(0)))) {
        send(stream, producer);
        for (int parallelism : new int[] {3, 1, 2}) {
          oracle.awaitDrained(Stage.PATIENCE);
          runtime.stopJob();
          send(stream, producer);
          runtime.parallelism(parallelism);
          runtime.up();
        }
        runtime.kill(LocalParts.TASK_MANAGER);
        send(stream, producer);
        runtime.startTaskManager();
        oracle.awaitDrained(Stage.PATIENCE);
      }
      assertThat(stream.duplicates()).isGreaterThan(100);
      assertThat(oracle.differences()).isEmpty();
    }
  }

  private static void send(SeededStream stream, LineProducer producer) {
    for (String line : stream.next(LINES)) {
      producer.send(line.getBytes(StandardCharsets.UTF_8));
    }
    producer.flush();
  }
}
