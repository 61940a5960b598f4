package dev.weir.speed.archive;

import dev.weir.archive.ArchiveKind;
import dev.weir.archive.ArchivePaths;
import dev.weir.archive.DeadLetterFileWriter;
import dev.weir.event.DeadLetter;
import dev.weir.event.RawRecord;
import dev.weir.event.RejectReason;
import dev.weir.speed.PipelineDeclaration;
import dev.weir.speed.commit.EpochPart;
import dev.weir.speed.commit.EpochPart.DeadLetterCount;
import dev.weir.speed.commit.EpochPart.DeadLetterSample;
import dev.weir.speed.commit.EpochPart.FileWritten;
import java.io.IOException;
import java.time.Instant;
import java.util.Arrays;
import java.util.EnumMap;
import java.util.Map;
import java.util.UUID;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Writes every dead letter to the archive, as {@link ArchiveWriter} does events; counts them by
 * source and reason, and passes the first few of each on to be shown.
 */
public final class DeadLetterWriter extends AbstractStreamOperator<EpochPart>
    implements OneInputStreamOperator<DeadLetter, EpochPart> {
  private static final long serialVersionUID = 1L;

  /** A sample's bytes that are shown. */
  private static final int SAMPLE_BYTES = 4096;

  /** Shown per subtask, epoch, source and reason. */
  static final int SAMPLES = 10;

  private static final long LARGE_BYTES = 256L << 20;

  /** Dead letters may be large, so the size is asked for often. */
  private static final int ROWS_BETWEEN_SIZES = 100;

  private final PipelineDeclaration declaration;

  private transient Path root;
  private transient LocalSync sync;
  private transient Map<RejectReason, long[]> countsBySource;
  private transient int sources;
  private transient DeadLetterFileWriter file;

  public DeadLetterWriter(PipelineDeclaration declaration) {
    this.declaration = declaration;
  }

  @Override
  public void open() throws Exception {
    super.open();
    root = new Path(declaration.pipeline().archive());
    sync = new LocalSync();
    countsBySource = new EnumMap<>(RejectReason.class);
    sources = declaration.pipeline().sources().size();
  }

  @Override
  public void processElement(StreamRecord<DeadLetter> element) throws IOException {
    DeadLetter letter = element.getValue();
    long[] counts = countsBySource.computeIfAbsent(letter.reason(), absent -> new long[sources]);
    if (++counts[letter.record().source()] <= SAMPLES) {
      send(new DeadLetterSample(withoutExcess(letter)));
    }
    if (file == null) {
      Instant now = Instant.ofEpochMilli(getProcessingTimeService().getCurrentProcessingTime());
      String path = ArchivePaths.deadLetters(now, UUID.randomUUID());
      file =
          DeadLetterFileWriter.open(
              new FlinkOutputFile(root, path, sync), path, declaration.pipeline());
    }
    file.write(letter);
    if (file.rows() % ROWS_BETWEEN_SIZES == 0 && file.estimatedBytes() >= LARGE_BYTES) {
      closeFile();
    }
  }

  private static DeadLetter withoutExcess(DeadLetter letter) {
    RawRecord record = letter.record();
    if (record.value() == null || record.value().length <= SAMPLE_BYTES) {
      return letter;
    }
    RawRecord shortened =
        new RawRecord(
            record.source(),
            record.topic(),
            record.partition(),
            record.offset(),
            record.recordMillis(),
            Arrays.copyOf(record.value(), SAMPLE_BYTES));
    return new DeadLetter(shortened, letter.reason(), letter.detail());
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpointId) throws Exception {
    endEpoch();
  }

  @Override
  public void finish() throws Exception {
    endEpoch();
    super.finish();
  }

  private void endEpoch() throws IOException {
    closeFile();
    countsBySource.forEach(
        (reason, counts) -> {
          for (int source = 0; source < sources; source++) {
            if (counts[source] > 0) {
              send(new DeadLetterCount(source, reason, counts[source]));
            }
          }
        });
    countsBySource.clear();
  }

  private void closeFile() throws IOException {
    if (file != null) {
      FileWritten written = new FileWritten(file.close(), ArchiveKind.DEAD_LETTERS);
      file = null;
      send(written);
    }
  }

  private void send(EpochPart part) {
    output.collect(new StreamRecord<>(part));
  }

  @Override
  public void close() throws Exception {
    if (file != null) {
      file.abandon();
      file = null;
    }
    super.close();
  }
}
