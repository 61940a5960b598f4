package dev.weir.speed;

import static java.util.stream.Collectors.mapping;
import static java.util.stream.Collectors.partitioningBy;
import static java.util.stream.Collectors.toSet;
import static org.assertj.core.api.Assertions.assertThat;

import dev.weir.speed.commit.CommitSink;
import dev.weir.speed.commit.DatabaseAddress;
import dev.weir.speed.commit.EpochPart;
import dev.weir.speed.source.Sources;
import java.net.URI;
import java.time.Clock;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.stream.StreamSupport;
import org.apache.flink.runtime.jobgraph.JobVertex;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Which operators Flink chains: an event is handed from one to the next by a call. And how long it
 * may wait where they are not.
 */
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

  /** Flink has a thread for each exchange of each subtask that flushes it so often. */
  @ParameterizedTest
  @ValueSource(strings = {"topic", "partition"})
  void onlyExchangesOnTheWayToTheLivePreviewAreFlushedOften(String scope) {
    StreamGraph graph = job(scope);
    Map<Boolean, Set<String>> receivers =
        graph.getStreamNodes().stream()
            .flatMap(node -> node.getInEdges().stream())
            .filter(edge -> !edge.getPartitioner().isPointwise())
            .collect(
                partitioningBy(
                    edge -> edge.getBufferTimeout() < 10,
                    mapping(
                        edge -> graph.getStreamNode(edge.getTargetId()).getOperatorName(),
                        toSet())));
    assertThat(receivers.get(true))
        .containsExactlyInAnyOrderElementsOf(
            scope.equals("topic")
                ? Set.of("DropDuplicates all", "CombinePerSeries")
                : Set.of("CombinePerSeries"));
    assertThat(receivers.get(false)).containsExactly("CommitSink");
    assertThat(vertices(scope))
        .anyMatch(name -> isChained(name, "DecodeAndValidate clicks", "Counts decode clicks"))
        .anyMatch(name -> isChained(name, "CombineLocally", "Counts combine-locally"))
        .noneMatch(name -> name.startsWith("Counts"));
  }

  private static boolean isChained(String vertex, String... operators) {
    return Arrays.stream(operators).allMatch(vertex::contains);
  }

  private static List<String> vertices(String scope) {
    return StreamSupport.stream(job(scope).getJobGraph().getVertices().spliterator(), false)
        .map(JobVertex::getName)
        .toList();
  }

  private static StreamGraph job(String scope) {
    PipelineDeclaration declaration = Declared.web(scope);
    StreamExecutionEnvironment env =
        StreamExecutionEnvironment.createLocalEnvironment(
            2, SpeedLayerConfiguration.of(declaration.pipeline(), Optional.empty()));
    Properties kafka = new Properties();
    kafka.setProperty("bootstrap.servers", "localhost:1");
    Sources sources =
        new Sources(declaration.pipeline(), kafka, Optional.empty(), false, Clock.systemUTC());
    DatabaseAddress nowhere = new DatabaseAddress("jdbc:postgresql://localhost:1/", "weir", "");
    DataStream<EpochPart> parts =
        SpeedPipeline.defineWorkflow(
            declaration, sources.addTo(env), new PreviewOutput(nowhere, declaration));
    CommitSink.attach(
        parts, declaration.pipeline(), nowhere, URI.create("file:///archive"), Optional.empty());
    return env.getStreamGraph();
  }
}
