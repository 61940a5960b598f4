package dev.weir.speed;

import static dev.weir.speed.combine.SeriesPartitioner.partition;

import dev.weir.event.Event;
import dev.weir.event.RawRecord;
import dev.weir.pipeline.DuplicatePolicy.Scope;
import dev.weir.pipeline.Pipeline;
import dev.weir.pipeline.Source;
import dev.weir.pipeline.Source.KafkaTopic;
import dev.weir.pipeline.SourceFields;
import dev.weir.speed.MiniBatchOperator.Hold;
import dev.weir.speed.archive.ArchiveWriter;
import dev.weir.speed.archive.DeadLetterWriter;
import dev.weir.speed.combine.CombineLocally;
import dev.weir.speed.combine.CombinePerSeries;
import dev.weir.speed.combine.LiveOutput;
import dev.weir.speed.commit.EpochPart;
import dev.weir.speed.commit.EpochPartTypeInfo;
import dev.weir.speed.decode.DecodeAndValidate;
import dev.weir.speed.decode.EventSerializer;
import dev.weir.speed.dedup.DropDuplicates;
import dev.weir.speed.dedup.DropPartitionDuplicates;
import dev.weir.speed.dedup.DuplicateShard;
import dev.weir.speed.dedup.PartitionShard;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.DataStreamUtils;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.util.OutputTag;

/**
 * The dataflow, from raw records to the parts of an epoch that one commit takes in:
 *
 * <pre>
 * records -> DecodeAndValidate -> DropDuplicates -> CombineLocally -> CombinePerSeries -> parts
 *                |                      '--------> ArchiveWriter -------------------------^
 *                '-- rejected -------------------> DeadLetterWriter ----------------------^
 * </pre>
 *
 * Everything but the exchanges before DropDuplicates (scope topic, and lines of files) and
 * CombinePerSeries is chained. Only these two are on the way of every event to the live preview and
 * send what they have within {@link #LIVE_FLUSH}. What else goes to the commit is needed at its
 * barrier, or once per start (a writer of the preview is registered), and waits at most as long as
 * the job's configuration lets it.
 */
public final class SpeedPipeline {
  /** How long an exchange on the way to the live preview waits for a full buffer. */
  private static final Duration LIVE_FLUSH = Duration.ofMillis(5);

  private final PipelineDeclaration declaration;
  private final Pipeline pipeline;
  private final EpochPartTypeInfo partType;
  private final OutputTag<EpochPart> counts;
  private final List<DataStream<EpochPart>> parts = new ArrayList<>();
  private final List<DataStream<EpochPart>> deltas = new ArrayList<>();

  private SpeedPipeline(PipelineDeclaration declaration) {
    this.declaration = declaration;
    pipeline = declaration.pipeline();
    partType = EpochPartTypeInfo.of(pipeline);
    counts = new OutputTag<>("counts", partType);
  }

  /**
   * Defines the dataflow.
   *
   * @param records of each source, in the pipeline's order
   * @param live where the epochs not yet committed are shown
   * @return what belongs to an epoch, for the commit
   */
  public static DataStream<EpochPart> defineWorkflow(
      PipelineDeclaration declaration,
      List<DataStream<RawRecord>> records,
      LiveOutput.Opener live) {
    return new SpeedPipeline(declaration).define(records, live);
  }

  private DataStream<EpochPart> define(
      List<DataStream<RawRecord>> records, LiveOutput.Opener live) {
    List<DataStream<Event>> looksAcrossPartitions = new ArrayList<>();
    for (Source source : pipeline.sources()) {
      DataStream<Event> events = decode(source, records.get(pipeline.sources().indexOf(source)));
      if (!mayRepeat(source)) {
        countAndArchive(source.name(), events, hold(source));
      } else if (pipeline.duplicates().scope() == Scope.PARTITION) {
        countAndArchive(
            source.name(),
            dropDuplicates(
                source.name(),
                byPartition(source, events),
                new DropPartitionDuplicates(
                    declaration,
                    counts,
                    source instanceof KafkaTopic ? Hold.WITHIN_INPUT : Hold.MILLISECONDS)),
            Hold.WITHIN_INPUT);
      } else {
        looksAcrossPartitions.add(events);
      }
    }
    if (!looksAcrossPartitions.isEmpty()) {
      DataStream<Event> keyed =
          union(looksAcrossPartitions).keyBy(new DuplicateShard(declaration), Types.INT);
      countAndArchive(
          "all",
          dropDuplicates("all", keyed, new DropDuplicates(declaration, counts, Hold.MILLISECONDS)),
          Hold.WITHIN_INPUT);
    }
    parts.add(
        partition(union(deltas))
            .transform(
                "CombinePerSeries",
                partType,
                new CombinePerSeries(live, pipeline.cubes().size(), pipeline.live()))
            .uid("combine-per-series"));
    return union(parts);
  }

  /** How the source's own task gets its records: Kafka's many at once. */
  private static Hold hold(Source source) {
    return source instanceof KafkaTopic ? Hold.WITHIN_INPUT : Hold.NOT;
  }

  private boolean mayRepeat(Source source) {
    return !pipeline.duplicates().within().isZero()
        && SourceFields.of(pipeline.event(), source).id().isPresent();
  }

  private DataStream<Event> decode(Source source, DataStream<RawRecord> records) {
    SingleOutputStreamOperator<Event> events =
        records
            .transform(
                "DecodeAndValidate " + source.name(),
                EventSerializer.TYPE,
                new DecodeAndValidate(declaration, counts, hold(source)))
            .uid("decode-" + source.name())
            .setBufferTimeout(LIVE_FLUSH.toMillis());
    parts.add(unhurried("decode", source.name(), events));
    parts.add(
        events
            .getSideOutput(DecodeAndValidate.DEAD_LETTERS)
            .transform(
                "DeadLetterWriter " + source.name(), partType, new DeadLetterWriter(declaration))
            .uid("dead-letters-" + source.name()));
    return events;
  }

  /** A topic's partition is read where its key group is; the lines of a file are sent there. */
  private DataStream<Event> byPartition(Source source, DataStream<Event> events) {
    PartitionShard partition = new PartitionShard(declaration);
    return source instanceof KafkaTopic
        ? DataStreamUtils.reinterpretAsKeyedStream(events, partition, Types.INT)
        : events.keyBy(partition, Types.INT);
  }

  private DataStream<Event> dropDuplicates(
      String lane, DataStream<Event> events, OneInputStreamOperator<Event, Event> operator) {
    SingleOutputStreamOperator<Event> originals =
        events
            .transform("DropDuplicates " + lane, EventSerializer.TYPE, operator)
            .uid("drop-duplicates-" + lane)
            .setMaxParallelism(DropDuplicates.MAX_PARALLELISM);
    parts.add(originals.getSideOutput(counts));
    return originals;
  }

  private void countAndArchive(String lane, DataStream<Event> events, Hold hold) {
    SingleOutputStreamOperator<EpochPart> combined =
        events
            .transform(
                "CombineLocally " + lane, partType, new CombineLocally(declaration, counts, hold))
            .uid("combine-locally-" + lane)
            .setBufferTimeout(LIVE_FLUSH.toMillis());
    deltas.add(combined);
    parts.add(unhurried("combine-locally", lane, combined));
    parts.add(
        events
            .transform("ArchiveWriter " + lane, partType, new ArchiveWriter(declaration, hold))
            .uid("archive-" + lane));
  }

  /**
   * The counts of an operator that flushes its exchanges often. Each exchange of each subtask has a
   * thread that does so, 200 times a second, and it costs much of what an idle job takes; so an
   * operator of its own, chained, sends the counts at the job's pace.
   */
  private DataStream<EpochPart> unhurried(
      String operator, String name, SingleOutputStreamOperator<?> events) {
    return events
        .getSideOutput(counts)
        .map(part -> part, partType)
        .name("Counts " + operator + " " + name)
        .uid("counts-" + operator + "-" + name);
  }

  private static <T> DataStream<T> union(List<DataStream<T>> streams) {
    return streams.stream().reduce((one, other) -> one.union(other)).orElseThrow();
  }
}
