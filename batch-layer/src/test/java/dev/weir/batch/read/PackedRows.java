package dev.weir.batch.read;

import dev.weir.archive.ArchiveFileWriter;
import dev.weir.archive.ArchiveKind;
import dev.weir.archive.ArchiveSchema;
import dev.weir.archive.ArchivedEvent;
import dev.weir.archive.EventBatch;
import dev.weir.archive.EventBatchReader;
import dev.weir.archive.MemoryFile;
import dev.weir.archive.TextVector;
import dev.weir.pipeline.Pipeline;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.List;

/** Packs events into a bucket as the reading tasks do. */
public final class PackedRows {
  /** 2^64 divided by the golden ratio: keys differ in their highest bits, too. */
  private static final long SPREAD = 0x9E3779B97F4A7C15L;

  private PackedRows() {}

  /**
   * A bucket of these events, from a file; the duplicate key is made of the length of their ids.
   */
  public static BucketRows bucket(Pipeline pipeline, List<ArchivedEvent> events) {
    try {
      return read(pipeline, write(pipeline, events));
    } catch (IOException e) {
      throw new UncheckedIOException("memory does not fail", e);
    }
  }

  private static MemoryFile write(Pipeline pipeline, List<ArchivedEvent> events)
      throws IOException {
    MemoryFile file = new MemoryFile();
    ArchiveFileWriter writer =
        ArchiveFileWriter.open(
            file, "hours/x.parquet", ArchiveKind.HOURS, ArchiveSchema.of(pipeline));
    for (ArchivedEvent event : events) {
      writer.write(event);
    }
    writer.close();
    return file;
  }

  private static BucketRows read(Pipeline pipeline, MemoryFile file) throws IOException {
    BucketRows rows = new BucketRows(pipeline.event());
    BlockWriter blocks = new BlockWriter(pipeline.event().numbers().size());
    int[] all = new int[EventBatch.MOST_ROWS];
    Arrays.setAll(all, row -> row);
    try (EventBatchReader reader = EventBatchReader.open(file, ArchiveSchema.of(pipeline))) {
      for (EventBatch batch = reader.next(); batch != null; batch = reader.next()) {
        // A poor hash on purpose: different ids must be told apart by their texts.
        long[] keys = new long[batch.rows()];
        TextVector ids = batch.id();
        Arrays.setAll(
            keys,
            row -> {
              int entry = ids.entry(row);
              return entry == TextVector.NULL ? 1 : SPREAD * (ids.to(entry) - ids.from(entry));
            });
        rows.add(blocks.write(batch, batch.commits(), keys, all, 0, batch.rows()));
      }
    }
    return rows;
  }
}
