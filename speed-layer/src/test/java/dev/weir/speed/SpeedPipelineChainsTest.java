package dev.weir.speed;

import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.speed.commit.DatabaseAddress;
import dev.weir.speed.source.Sources;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.StreamSupport;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.junit.jupiter.api.Test;

/** Which operators Flink chains: an event is handed from one to the next by a call. */
class SpeedPipelineChainsTest {
  @Test
  void byPartitionOfATopicNothingIsExchangedBeforeTheSeries() {
    assertThat(vertices("partition"))
        .anyMatch(name -> isChained(name, "Read clicks", "DropDuplicates clicks", "ArchiveWriter"))
        .anyMatch(name -> isChained(name, "Read orders", "DropDuplicates orders", "ArchiveWriter"));
  }

  @Test
  void byTopicEventsAreExchanged() {
    assertThat(vertices("topic"))
        .anyMatch(name -> isChained(name, "Read clicks", "DecodeAndValidate clicks"))
        .noneMatch(name -> isChained(name, "Read clicks", "DropDuplicates all"))
        .anyMatch(name -> isChained(name, "DropDuplicates all", "ArchiveWriter all"));
  }

  private static boolean isChained(String vertex, String... operators) {
    return Arrays.stream(operators).allMatch(vertex::contains);
  }

  private static List<String> vertices(String scope) {
    PipelineDeclaration declaration = Declared.web(scope);
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(
            2, SpeedLayerConfiguration.of(declaration.pipeline(), Optional.empty()));
    Properties kafka = new Properties();
    kafka.setProperty("bootstrap.servers", "localhost:1");
    Sources sources =
        new Sources(declaration.pipeline(), kafka, Optional.empty(), false, Clock.systemUTC());
    DatabaseAddress nowhere = new DatabaseAddress("jdbc:postgresql://localhost:1/", "weir", "");
    var unused =
        SpeedPipeline.defineWorkflow(
            declaration, sources.addTo(env), new PreviewOutput(nowhere, declaration));
    return StreamSupport.stream(
            env.getStreamGraph().getJobGraph().getVertices().spliterator(), false)
        .map(JobVertex::getName)
        .toList();
  }
}
