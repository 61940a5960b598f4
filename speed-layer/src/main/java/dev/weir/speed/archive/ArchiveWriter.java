package dev.weir.speed.archive;

import dev.weir.archive.ArchiveFileWriter;
import dev.weir.archive.ArchiveKind;
import dev.weir.archive.ArchivePaths;
import dev.weir.archive.ArchiveSchema;
import dev.weir.event.Event;
import dev.weir.speed.MiniBatchOperator;
import dev.weir.speed.PipelineDeclaration;
import dev.weir.speed.commit.EpochPart;
import dev.weir.speed.commit.EpochPart.FileWritten;
import java.io.IOException;
import java.time.Instant;
import java.util.UUID;
import org.apache.flink.core.fs.Path;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;

/**
 * Writes every counted event to the archive, in order of arrival: one file per subtask and epoch,
 * more if they grow large, none if nothing came.
 *
 * <p>A file is closed and durable before its {@link FileWritten} leaves, and that leaves before the
 * barrier; so what a commit lists is there. A file of a failed attempt is never listed.
 */
public final class ArchiveWriter extends MiniBatchOperator<Event, EpochPart> {
  private static final long serialVersionUID = 1L;

  private static final long LARGE_BYTES = 256L << 20;

  /** Asking the writer for its size costs; rows are small. */
  private static final int ROWS_BETWEEN_SIZES = 10_000;

  private final PipelineDeclaration declaration;

  private transient ArchiveSchema schema;
  private transient Path root;
  private transient LocalSync sync;
  private transient ArchiveFileWriter file;
  private transient long sizeAskedAt;

  /**
   * Writes to the archive of that pipeline.
   *
   * @param hold for how long events may wait for others
   */
  public ArchiveWriter(PipelineDeclaration declaration, Hold hold) {
    super(Event.class, hold);
    this.declaration = declaration;
  }

  @Override
  public void open() throws Exception {
    super.open();
    schema = ArchiveSchema.of(declaration.pipeline());
    root = new Path(declaration.pipeline().archive());
    sync = new LocalSync();
  }

  @Override
  protected void process(Event[] events, int number) throws IOException {
    if (file == null) {
      Instant now = Instant.ofEpochMilli(getProcessingTimeService().getCurrentProcessingTime());
      String path = ArchivePaths.arrivals(now, UUID.randomUUID());
      file =
          ArchiveFileWriter.open(
              new FlinkOutputFile(root, path, sync), path, ArchiveKind.ARRIVALS, schema);
      sizeAskedAt = 0;
    }
    file.write(events, number);
    if (file.rows() >= sizeAskedAt + ROWS_BETWEEN_SIZES) {
      sizeAskedAt = file.rows();
      if (file.estimatedBytes() >= LARGE_BYTES) {
        closeFile();
      }
    }
  }

  @Override
  protected void endEpoch() throws IOException {
    closeFile();
  }

  private void closeFile() throws IOException {
    if (file != null) {
      FileWritten written = new FileWritten(file.close(), ArchiveKind.ARRIVALS);
      file = null;
      output.collect(new StreamRecord<>(written));
    }
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
