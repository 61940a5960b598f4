package dev.weir.benchmark.guard;

import dev.weir.benchmark.BenchmarkFailure;
import dev.weir.benchmark.BenchmarkRuntime;
import dev.weir.event.Event;
import dev.weir.event.RawRecord;
import dev.weir.speed.MiniBatchOperator.Hold;
import dev.weir.speed.PipelineDeclaration;
import dev.weir.speed.archive.ArchiveWriter;
import dev.weir.speed.combine.CombineLocally;
import dev.weir.speed.commit.EpochPart;
import dev.weir.speed.commit.EpochPart.FileWritten;
import dev.weir.speed.commit.EpochPart.SeriesDelta;
import dev.weir.speed.commit.EpochPartTypeInfo;
import dev.weir.speed.decode.DecodeAndValidate;
import dev.weir.speed.decode.EventSerializer;
import dev.weir.speed.dedup.DropDuplicates;
import dev.weir.speed.dedup.DropPartitionDuplicates;
import dev.weir.speed.dedup.PartitionShard;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.runtime.state.storage.JobManagerCheckpointStorage;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.apache.flink.util.OutputTag;

/**
 * The operators that every event passes through, as the job has them, one after the other in this
 * thread. Flink's operator harness stands in for the task: it takes what they emit into a list,
 * which adds the same few nanoseconds to every version of them.
 */
@SuppressWarnings("try") // Flink's harness may throw anything when it closes
final class JobStages implements AutoCloseable {
  /** Looks each event up in a table of millions. */
  static final String DROP_DUPLICATES = "drop duplicates";

  private static final String DECODE = "decode";
  private static final String COMBINE = "combine";
  private static final String ARCHIVE = "archive";

  /** In the order of the path. */
  static final List<String> NAMES = List.of(DECODE, DROP_DUPLICATES, COMBINE, ARCHIVE);

  /** Of the fingerprints that the harness is asked to keep, some 20 MB. */
  private static final int MOST_STATE_BYTES = 256 << 20;

  private final Path archive;
  private final StageClock clock = new StageClock();
  private final Stage<RawRecord, Event> decode;
  private final Stage<Event, Event> dropDuplicates;
  private final Stage<Event, EpochPart> combine;
  private final Stage<Event, EpochPart> write;
  private long checkpoints;

  private record Stage<I, O>(
      OneInputStreamOperator<I, O> operator, OneInputStreamOperatorTestHarness<I, O> harness) {
    List<O> taken() {
      List<O> values = harness.extractOutputValues();
      harness.getOutput().clear();
      return values;
    }
  }

  /**
   * Opens the operators.
   *
   * @param archive a folder for the files, which are deleted as soon as they are complete
   * @param nowMillis before the first record, epoch milliseconds
   */
  JobStages(String yaml, Path archive, long nowMillis) throws Exception {
    this.archive = archive;
    PipelineDeclaration declaration = PipelineDeclaration.of(yaml, archive.toUri());
    EpochPartTypeInfo partType = EpochPartTypeInfo.of(declaration.pipeline());
    OutputTag<EpochPart> counts = new OutputTag<>("counts", partType);
    TypeSerializer<Event> events = EventSerializer.TYPE.createSerializer(null);
    TypeSerializer<EpochPart> parts = partType.createSerializer(null);
    decode = open(new DecodeAndValidate(declaration, counts, Hold.WITHIN_INPUT), events, nowMillis);
    DropPartitionDuplicates dropping =
        new DropPartitionDuplicates(declaration, counts, Hold.WITHIN_INPUT);
    dropDuplicates =
        open(
            dropping,
            new KeyedOneInputStreamOperatorTestHarness<>(
                dropping,
                new PartitionShard(declaration),
                Types.INT,
                DropDuplicates.MAX_PARALLELISM,
                1,
                0),
            events,
            nowMillis);
    combine = open(new CombineLocally(declaration, counts, Hold.WITHIN_INPUT), parts, nowMillis);
    write = open(new ArchiveWriter(declaration, Hold.WITHIN_INPUT), parts, nowMillis);
  }

  private static <I, O> Stage<I, O> open(
      OneInputStreamOperator<I, O> operator, TypeSerializer<O> serializer, long nowMillis)
      throws Exception {
    return open(operator, new OneInputStreamOperatorTestHarness<>(operator), serializer, nowMillis);
  }

  private static <I, O> Stage<I, O> open(
      OneInputStreamOperator<I, O> operator,
      OneInputStreamOperatorTestHarness<I, O> harness,
      TypeSerializer<O> serializer,
      long nowMillis)
      throws Exception {
    harness.setCheckpointStorage(new JobManagerCheckpointStorage(MOST_STATE_BYTES));
    harness.setup(serializer);
    harness.setProcessingTime(nowMillis);
    harness.open();
    return new Stage<>(operator, harness);
  }

  /**
   * Sends records through all stages.
   *
   * @param unique how many of them are no duplicates
   * @return what each stage used in all, by its name
   * @throws BenchmarkFailure if the stages have lost or doubled an event
   */
  Map<String, StageClock.Used> run(List<RawRecord> records, long unique) throws Exception {
    long nowMillis = records.get(records.size() - 1).recordMillis();
    StageClock.Used decoding =
        clock.time(
            decode.operator,
            records,
            () -> decode.harness.prepareSnapshotPreBarrier(++checkpoints));
    List<Event> events = decode.taken();

    dropDuplicates.harness.setProcessingTime(nowMillis);
    StageClock.Used remembering =
        clock.time(
            dropDuplicates.operator,
            events,
            () -> dropDuplicates.harness.prepareSnapshotPreBarrier(++checkpoints));
    List<Event> originals = dropDuplicates.taken();
    check(DROP_DUPLICATES, originals.size(), unique);

    StageClock.Used combining =
        clock.time(
            combine.operator,
            originals,
            () -> combine.harness.prepareSnapshotPreBarrier(++checkpoints));
    check(COMBINE, counted(combine.taken()), unique);

    StageClock.Used writing =
        clock.time(
            write.operator,
            originals,
            () -> write.harness.prepareSnapshotPreBarrier(++checkpoints));
    check(ARCHIVE, archived(write.taken()), unique);
    return Map.of(
        DECODE, decoding,
        DROP_DUPLICATES, remembering,
        COMBINE, combining,
        ARCHIVE, writing);
  }

  /** A checkpoint of what is remembered, or it would be kept for one for ever; not measured. */
  void checkpoint() throws Exception {
    var unused = dropDuplicates.harness.snapshot(++checkpoints, 0);
  }

  private static long counted(List<EpochPart> parts) {
    return parts.stream()
        .filter(part -> part instanceof SeriesDelta delta && delta.cube() == 0)
        .mapToLong(part -> ((SeriesDelta) part).aggregate().count())
        .sum();
  }

  private long archived(List<EpochPart> parts) throws IOException {
    long rows = 0;
    for (EpochPart part : parts) {
      FileWritten written = (FileWritten) part;
      rows += written.file().rows();
      Files.delete(archive.resolve(written.file().path()));
    }
    return rows;
  }

  private static void check(String stage, long events, long expected) {
    if (events != expected) {
      throw new BenchmarkFailure(
          "stage '%s' made %d events of %d that are no duplicates"
              .formatted(stage, events, expected));
    }
  }

  /** The benchmarks' pipeline, with a horizon that is full after few rounds. */
  static String declaration() {
    return BenchmarkRuntime.declaration("partition").replace("within: 1h", "within: 5m");
  }

  @Override
  public void close() throws Exception {
    decode.harness.close();
    dropDuplicates.harness.close();
    combine.harness.close();
    write.harness.close();
  }
}
