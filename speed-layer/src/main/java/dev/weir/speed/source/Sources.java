package dev.weir.speed.source;

import dev.weir.event.RawRecord;
import dev.weir.pipeline.DuplicatePolicy.Scope;
import dev.weir.pipeline.Pipeline;
import dev.weir.pipeline.Source;
import dev.weir.pipeline.Source.Directory;
import dev.weir.pipeline.Source.KafkaTopic;
import dev.weir.speed.commit.StartingPoint;
import dev.weir.speed.commit.StartingPoint.NextOffset;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Properties;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;

/** The pipeline's declared sources as Flink sources. No watermarks: no clock decides a count. */
public final class Sources {
  private final Pipeline pipeline;
  private final Properties kafka;
  private final Optional<StartingPoint> takeOver;
  private final boolean skipLostRecords;
  private final Clock clock;

  /**
   * Prepares the sources; nothing is read yet.
   *
   * @param kafka properties of the consumers
   * @param takeOver where to start without a checkpoint, instead of from the beginning
   * @param skipLostRecords go on where Kafka does not have the next record any more
   * @param clock for the record times of lines; serializable
   * @throws IllegalArgumentException if there is a topic to read and no broker was named
   */
  public Sources(
      Pipeline pipeline,
      Properties kafka,
      Optional<StartingPoint> takeOver,
      boolean skipLostRecords,
      Clock clock) {
    this.pipeline = pipeline;
    this.kafka = kafka;
    this.takeOver = takeOver;
    this.skipLostRecords = skipLostRecords;
    this.clock = clock;
    if (!kafka.containsKey("bootstrap.servers")) {
      for (Source source : pipeline.sources()) {
        if (source instanceof KafkaTopic topic) {
          throw new IllegalArgumentException(
              "the source "
                  + topic.name()
                  + " reads the topic "
                  + topic.topic()
                  + ", but no broker is named; give --kafka.bootstrap.servers HOST:PORT");
        }
      }
    }
  }

  /** Adds every source; in the pipeline's order. */
  public List<DataStream<RawRecord>> addTo(StreamExecutionEnvironment env) {
    List<DataStream<RawRecord>> records = new ArrayList<>();
    for (int i = 0; i < pipeline.sources().size(); i++) {
      records.add(add(env, i, pipeline.sources().get(i)));
    }
    return records;
  }

  /** Whether something is remembered of each partition, where it is read. */
  private boolean isKeyed() {
    return pipeline.duplicates().scope() == Scope.PARTITION
        && !pipeline.duplicates().within().isZero();
  }

  private DataStream<RawRecord> add(StreamExecutionEnvironment env, int index, Source source) {
    org.apache.flink.api.connector.source.Source<RawRecord, ?, ?> reader;
    if (source instanceof KafkaTopic topic) {
      String groupId = "weir-" + pipeline.name() + "-" + topic.name();
      reader =
          KafkaEventSource.of(
              index,
              topic,
              groupId,
              kafka,
              offsets(source)
                  .filter(offset -> offset.topic().equals(topic.topic()))
                  .collect(Collectors.toMap(NextOffset::partition, NextOffset::nextOffset)),
              skipLostRecords,
              isKeyed());
    } else {
      reader =
          DirectoryEventSource.of(
              index,
              (Directory) source,
              clock,
              offsets(source).collect(Collectors.toMap(NextOffset::topic, NextOffset::nextOffset)));
    }
    return env.fromSource(
            reader,
            WatermarkStrategy.noWatermarks(),
            "Read " + source.name(),
            RawRecordSerializer.TYPE)
        .uid("read-" + source.name());
  }

  private Stream<NextOffset> offsets(Source source) {
    return takeOver.stream()
        .flatMap(point -> point.offsets().stream())
        .filter(offset -> offset.source().equals(source.name()));
  }
}
